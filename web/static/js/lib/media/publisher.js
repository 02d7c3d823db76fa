/**
 * Sends one source of this seat: `main` (camera and microphone) or `second` (screen or document camera).
 *
 *   const camera = new Publisher("main", { stream, onState });
 *   camera.replace(newStream); camera.close();
 *
 * @typedef {import("./link.js").LinkState} LinkState
 * @typedef {"main" | "second"} Source
 */
import { seatPath } from "../page.js";
import { Link } from "./link.js";

/** The server not seeing us for this long, though we are connected, means that what it knew of us is gone. */
const UNSEEN_MS = 5000;

/** What a camera that films the piece is asked for: every scratch counts, motion does not. */
export const PIECE = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 15 } };

export class Publisher {
  source;
  #stream;
  #detail;
  #link;
  #unseenSince = 0;
  #onState;
  #onElsewhere;
  #closed = false;
  /** @type {() => void} gives the lock back */
  #release = () => {};

  /**
   * @param {Source} source
   * @param {object} options
   * @param {MediaStream} options.stream
   * @param {boolean} [options.steal] from whichever tab sends; false: after it
   * @param {boolean} [options.detail] what matters is reading it (a card, a screen, a piece): sharp before smooth
   * @param {(state: LinkState) => void} [options.onState]
   * @param {(elsewhere: boolean) => void} [options.onElsewhere] the same seat publishes from a newer tab and this one
   *   has stopped; or that tab is gone, and this one publishes again
   */
  constructor(source, { stream, steal = true, detail = false, onState, onElsewhere = () => {} }) {
    this.source = source;
    this.#stream = stream;
    this.#detail = detail;
    this.#hint();
    this.#onState = onState;
    this.#onElsewhere = onElsewhere;
    this.#link = this.#newLink();
    void this.here(steal);
    addEventListener("pagehide", this.#leave);
  }

  #newLink() {
    return new Link({
      address: `${seatPath}whip/${this.source}`, build: (pc) => this.#build(pc), onState: this.#onState,
    });
  }

  /**
   * Two tabs of one seat would push each other out for ever: the newest sends, and when it is gone the one before.
   * @param {boolean} [steal] now, from whichever tab sends
   */
  async here(steal = true) {
    try {
      await navigator.locks.request(`publish ${seatPath}${this.source}`, { steal }, () => {
        if (this.#closed) return undefined;
        if (this.#link.state === "closed") this.#link = this.#newLink();
        this.#link.open();
        this.#onElsewhere(false);
        return new Promise((resolve) => { this.#release = () => resolve(undefined); });
      });
    } catch {
      if (this.#closed) return;
      // The newer tab's takes its place on the server.
      this.#link.close(true);
      this.#onElsewhere(true);
      void this.here(false);
    }
  }

  get state() {
    return this.#link.state;
  }

  get stream() {
    return this.#stream;
  }

  /** For statistics. */
  get pc() {
    return this.#link.pc;
  }

  /** Another camera or microphone, on the same connection. @param {MediaStream} stream */
  async replace(stream) {
    const old = this.#stream;
    this.#stream = stream;
    this.#hint();
    for (const sender of this.#link.pc?.getSenders() ?? []) {
      const kind = sender.track?.kind ?? this.#kindOf(sender);
      const track = stream.getTracks().find((one) => one.kind === kind);
      if (kind) await sender.replaceTrack(track ?? null);
    }
    if (stream.getTracks().some((track) => !this.#carries(track.kind))) this.#link.renew();
    for (const track of old.getTracks()) if (!stream.getTracks().includes(track)) track.stop();
  }

  hurry() {
    this.#link.hurry();
  }

  /**
   * Does the server know of this source, live or silent? Connected and unknown there: connect anew.
   * @param {boolean} seen
   */
  seen(seen) {
    if (seen || this.state !== "connected") {
      this.#unseenSince = 0;
      return;
    }
    this.#unseenSince ||= Date.now();
    if (Date.now() - this.#unseenSince < UNSEEN_MS) return;
    this.#unseenSince = 0;
    this.#link.renew(true);
  }

  /**
   * Stops sending; the camera itself stays on.
   * @param {boolean} [ended] the server has ended it already: the right to it is gone
   */
  close(ended = false) {
    this.#closed = true;
    removeEventListener("pagehide", this.#leave);
    this.#link.close(ended);
    this.#release();
  }

  #leave = () => this.#link.close();

  /** @param {RTCPeerConnection} pc */
  #build(pc) {
    for (const track of this.#stream.getTracks()) {
      pc.addTransceiver(track, { direction: "sendonly", streams: [this.#stream] });
    }
  }

  /** @param {RTCRtpSender} sender */
  #kindOf(sender) {
    return this.#link.pc?.getTransceivers().find((one) => one.sender === sender)?.receiver.track.kind;
  }

  /** @param {string} kind */
  #carries(kind) {
    return !this.#link.pc || this.#link.pc.getTransceivers().some((one) => one.receiver.track.kind === kind);
  }

  #hint() {
    if (this.#detail) for (const track of this.#stream.getVideoTracks()) track.contentHint = "detail";
  }
}
