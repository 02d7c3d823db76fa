/**
 * Shows one source of somebody else in a <video>. Sound is played where the browser allows it; where it wants a press
 * first, `onMuted(true)` says so and `listen()` is for the press.
 *
 * @typedef {import("./link.js").LinkState} LinkState
 */
import { loudspeaker } from "../loudspeaker.js";
import { seatPath } from "../page.js";
import { Link } from "./link.js";

/** The server says that this source is live and nothing has come for this long: connect anew. */
const STARVED_MS = 5000;
const LOOK_MS = 1000;

export class Viewer {
  video;
  /** Loudness of the last moment, 0 to 1. */
  level = 0;
  /** Is a picture arriving? */
  flowing = false;
  #link;
  #onMuted;
  #onFlow;
  #stream = new MediaStream();
  #packets = 0;
  #hungrySince = 0;
  #expected = false;
  #timer;

  /**
   * @param {string} peer seat
   * @param {"main" | "second"} source
   * @param {object} options
   * @param {HTMLVideoElement} options.video
   * @param {(state: LinkState) => void} [options.onState]
   * @param {(flowing: boolean) => void} [options.onFlow] packets began or ceased to arrive
   * @param {(muted: boolean) => void} [options.onMuted]
   */
  constructor(peer, source, { video, onState, onFlow = () => {}, onMuted = () => {} }) {
    this.video = video;
    this.#onMuted = onMuted;
    this.#onFlow = onFlow;
    video.autoplay = true;
    video.playsInline = true;
    loudspeaker.play(video);
    this.#link = new Link({
      address: `${seatPath}whep/${peer}/${source}`, build: (pc) => this.#build(pc, source), onState,
    });
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    addEventListener("pagehide", this.#leave);
  }

  get state() {
    return this.#link.state;
  }

  get pc() {
    return this.#link.pc;
  }

  hurry() {
    this.#link.hurry();
  }

  /**
   * What the server says of this source. The first time that there is one, it is asked for.
   * @param {"live" | "silent" | undefined} state
   */
  expect(state) {
    const live = state === "live";
    if (state) this.#link.open();
    if (live && !this.#expected) this.#link.hurry();
    this.#expected = live;
  }

  /** Plays, with sound if the browser allows. Call it from a press too. */
  async listen() {
    this.video.muted = false;
    try {
      await this.video.play();
      this.#onMuted(false);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return;
      this.video.muted = true;
      this.#onMuted(true);
      await this.video.play().catch(() => {});
    }
  }

  /** @param {boolean} [ended] the server has ended it already: the right to it is gone */
  close(ended = false) {
    clearInterval(this.#timer);
    removeEventListener("pagehide", this.#leave);
    this.#link.close(ended);
    loudspeaker.leave(this.video);
    this.video.srcObject = null;
  }

  #leave = () => this.#link.close();

  /**
   * @param {RTCPeerConnection} pc
   * @param {"main" | "second"} source
   */
  #build(pc, source) {
    pc.addTransceiver("video", { direction: "recvonly" });
    if (source === "main") pc.addTransceiver("audio", { direction: "recvonly" });
    pc.addEventListener("track", ({ track }) => {
      for (const old of this.#stream.getTracks()) if (old.kind === track.kind) this.#stream.removeTrack(old);
      this.#stream.addTrack(track);
      // Not before: a video with nothing in it keeps the page from being done loading.
      if (this.video.srcObject !== this.#stream) this.video.srcObject = this.#stream;
      void this.listen();
    });
  }

  async #look() {
    const pc = this.#link.pc;
    const receivers = pc?.getReceivers() ?? [];
    let packets = 0;
    for (const receiver of receivers) {
      const sound = receiver.track.kind === "audio" ? receiver.getSynchronizationSources()[0] : undefined;
      if (sound) this.level = sound.audioLevel ?? 0;
      for (const one of (await receiver.getStats()).values()) {
        if (one.type === "inbound-rtp") packets += one.packetsReceived ?? 0;
      }
    }
    const flowing = packets > this.#packets;
    this.#packets = packets;
    if (flowing !== this.flowing) {
      this.flowing = flowing;
      this.#onFlow(flowing);
    }
    this.#feed(flowing || !this.#expected || this.#link.state !== "connected");
  }

  /** @param {boolean} fed */
  #feed(fed) {
    if (fed) {
      this.#hungrySince = 0;
      return;
    }
    this.#hungrySince ||= Date.now();
    if (Date.now() - this.#hungrySince < STARVED_MS) return;
    this.#hungrySince = 0;
    this.#link.renew();
  }
}
