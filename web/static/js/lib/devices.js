/**
 * The camera and the microphone of this computer: asked for once, remembered, changed on the way, and in words what
 * stands against it and what to do. Whether a track may send is decided in one place (`#admit`), by what the person has
 * closed: a device that comes, comes back or is chosen never opens what was closed.
 *
 * @typedef {import("./closed.js").Kind} Kind
 * @typedef {import("./device-trouble.js").Trouble} Trouble
 */
import { closedHere } from "./closed.js";
import { t } from "./i18n.js";
import { statusOf, troubleOf, wordsOf } from "./device-trouble.js";

export const KINDS = /** @type {const} */ (["videoinput", "audioinput"]);
const KEPT = { videoinput: "camera", audioinput: "microphone" };
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const SMALL_VIDEO = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 25 } };
const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
/** Silenced from outside for longer than this is trouble; a device that starts is for a moment. */
const MUTED_MS = 2000;
/** A device that comes back, or a program that lets it go, mends these: asking again puts no question to the person. */
const PASSING = new Set(["none", "lost", "busy", "system", "other"]);

export class Devices {
  stream = new MediaStream();
  /** @type {Record<Kind, Trouble | null>} */
  trouble = { videoinput: null, audioinput: null };
  /**
   * What took the place of a device that was lost, by their names.
   * @type {Record<Kind, {from: string, to: string} | null>}
   */
  moved = { videoinput: null, audioinput: null };
  #large;
  #closed;
  /** Opened and not stopped: otherwise no device may light up, whatever is plugged in. */
  #wanted = false;
  /** One question to the browser at a time: two would open one device twice. @type {Promise<void>} */
  #turn = Promise.resolve();
  /** @type {Set<(stream: MediaStream) => void>} */
  #listeners = new Set();

  /**
   * @param {object} [options]
   * @param {boolean} [options.large] a card or a piece must be readable in it
   * @param {import("./closed.js").ClosedDevices} [options.closed] what the person has closed
   */
  constructor({ large = false, closed = closedHere() } = {}) {
    this.#large = large;
    this.#closed = closed;
    closed.onChange(() => {
      for (const track of this.stream.getTracks()) this.#admit(track);
      this.#tell();
    });
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.#again(true));
    // Allowed in the system's settings, or let go by another program: the person comes back from there.
    addEventListener("focus", () => void this.#again());
    for (const kind of KINDS) {
      void statusOf(kind).then((status) =>
        status?.addEventListener("change", () => void this.#permitted(kind, status)));
    }
  }

  /** Called with the stream each time its tracks have changed. @param {(stream: MediaStream) => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
    if (this.stream.getTracks().length) listener(this.stream);
    return this;
  }

  /** @param {(stream: MediaStream) => void} listener */
  offChange(listener) {
    this.#listeners.delete(listener);
  }

  /** Asks for both, and for one where the other is missing: a broken microphone must not hide the camera. */
  async open() {
    this.#wanted = true;
    await this.#ask(...KINDS);
    this.#tell();
    return this.stream;
  }

  /**
   * Tries again, with another device if one is named.
   * @param {Kind} kind
   * @param {string} [id]
   */
  async choose(kind, id) {
    if (id) localStorage.setItem(KEPT[kind], id);
    this.#wanted = true;
    this.moved[kind] = null;
    this.#remove(kind);
    await this.#ask(kind);
    this.#tell();
  }

  /** @param {Kind} kind @returns {Promise<{id: string, label: string}[]>} */
  async list(kind) {
    const all = await (navigator.mediaDevices?.enumerateDevices() ?? Promise.resolve([]));
    return all.filter((one) => one.kind === kind && one.deviceId)
      .map((one, n) => ({
        id: one.deviceId,
        label: one.label || (kind === "videoinput" ? t("Caméra {n}", { n: n + 1 }) : t("Micro {n}", { n: n + 1 })),
      }));
  }

  /** @param {Kind} kind */
  used(kind) {
    return this.#track(kind)?.getSettings().deviceId ?? "";
  }

  /** Is it there and switched on? @param {Kind} kind */
  on(kind) {
    const track = this.#track(kind);
    return Boolean(track?.enabled && track.readyState === "live");
  }

  /**
   * Open, closed by the person (it may be missing besides), or not to be had.
   * @param {Kind} kind
   * @returns {"open" | "closed" | "missing"}
   */
  state(kind) {
    if (this.#closed.has(kind)) return "closed";
    return this.on(kind) && !this.trouble[kind] ? "open" : "missing";
  }

  /**
   * What its button does: opens or closes without letting go of the device; where it is missing, tries it again.
   * @param {Kind} kind
   */
  async press(kind) {
    const missing = !this.#track(kind);
    this.#closed.set(kind, !missing && !this.#closed.has(kind));
    if (missing) await this.choose(kind);
  }

  stop() {
    this.#wanted = false;
    for (const kind of KINDS) {
      this.#remove(kind);
      this.trouble[kind] = null;
      this.moved[kind] = null;
    }
    this.#tell();
  }

  /** @param {Kind} kind */
  #track(kind) {
    return this.stream.getTracks().find((track) => kindOf(track) === kind && track.readyState === "live");
  }

  /** @param {Kind} kind */
  #remove(kind) {
    for (const track of this.stream.getTracks()) if (kindOf(track) === kind) track.stop();
    this.stream = new MediaStream(this.stream.getTracks().filter((track) => kindOf(track) !== kind));
  }

  /** @param {...Kind} kinds */
  #ask(...kinds) {
    this.#turn = this.#turn.then(() => this.#asked(kinds));
    return this.#turn;
  }

  /** @param {Kind[]} kinds @returns {Promise<void>} */
  async #asked(kinds) {
    const lacking = kinds.filter((kind) => this.#wanted && !this.#track(kind));
    if (!lacking.length) return;
    try {
      if (!navigator.mediaDevices) throw new DOMException("no devices", "SecurityError");
      const got = await navigator.mediaDevices.getUserMedia({
        video: lacking.includes("videoinput") && { ...(this.#large ? VIDEO : SMALL_VIDEO), ...kept("videoinput") },
        audio: lacking.includes("audioinput") && { ...AUDIO, ...kept("audioinput") },
      });
      for (const track of got.getTracks()) this.#take(track);
    } catch (error) {
      const trouble = await Promise.all(lacking.map((kind) => troubleOf(error, kind)));
      // Both were asked in one question, and the person put it off: two more would be no better.
      if (lacking.length > 1 && trouble.some((one) => one.cause !== "dismissed")) {
        for (const kind of lacking) await this.#asked([kind]);
      } else lacking.forEach((kind, n) => this.#failed(kind, trouble[n]));
    }
  }

  /** @param {Kind} kind @param {Trouble} trouble */
  #failed(kind, trouble) {
    if (!this.#wanted) return;
    // Lost in use, and there is no other: that it was lost says more than that there is none.
    if (this.trouble[kind]?.cause === "lost" && trouble.cause === "none") return;
    this.trouble[kind] = trouble;
  }

  /** @param {MediaStreamTrack} track */
  #take(track) {
    // Silent before anything can send it, until it has been compared with what the person closed.
    track.enabled = false;
    // Stopped while the browser was asking.
    if (!this.#wanted) return track.stop();
    const kind = kindOf(track);
    const lost = this.trouble[kind]?.cause === "lost" && this.moved[kind];
    this.trouble[kind] = null;
    this.moved[kind] = lost && lost.from && lost.from !== track.label ? { from: lost.from, to: track.label } : null;
    this.#remove(kind);
    this.stream = new MediaStream([...this.stream.getTracks(), track]);
    track.addEventListener("ended", () => void this.#ended(track));
    for (const event of ["mute", "unmute"]) track.addEventListener(event, () => this.#muted(track));
    this.#muted(track);
    this.#admit(track);
  }

  /** The one place that lets a track send. @param {MediaStreamTrack} track */
  #admit(track) {
    track.enabled = !this.#closed.has(kindOf(track));
  }

  /** Unplugged, or taken back by the system: try what is left. @param {MediaStreamTrack} track */
  async #ended(track) {
    if (!this.stream.getTracks().includes(track)) return;
    const kind = kindOf(track);
    this.trouble[kind] = wordsOf("lost", kind);
    this.moved[kind] = { from: track.label, to: "" };
    this.#remove(kind);
    await this.#ask(kind);
    this.#tell();
  }

  /**
   * Silenced by a button of its own or by the system: it is there, and sends nothing.
   * @param {MediaStreamTrack} track
   */
  #muted(track) {
    const kind = kindOf(track);
    setTimeout(() => {
      const known = this.trouble[kind]?.cause === "muted";
      if (this.#track(kind) !== track || track.muted === known) return;
      this.trouble[kind] = track.muted ? wordsOf("muted", kind) : null;
      this.#tell();
    }, track.muted ? MUTED_MS : 0);
  }

  /** Something may be there now that was not. @param {boolean} [changed] what is listed has changed, at least */
  async #again(changed = false) {
    const kinds = KINDS.filter((kind) => PASSING.has(this.trouble[kind]?.cause ?? ""));
    if (kinds.length) await this.#ask(...kinds);
    if (kinds.length || changed) this.#tell();
  }

  /**
   * The browser's own settings: taken back, the track ends by itself; given again, the device is asked for.
   * @param {Kind} kind
   * @param {PermissionStatus} status
   */
  async #permitted(kind, status) {
    if (status.state !== "granted" || !this.trouble[kind]) return;
    await this.#ask(kind);
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener(this.stream);
  }
}

/** @param {MediaStreamTrack} track @returns {Kind} */
function kindOf(track) {
  return track.kind === "video" ? "videoinput" : "audioinput";
}

/** The device chosen before, if it is still there. @param {Kind} kind */
function kept(kind) {
  const id = localStorage.getItem(KEPT[kind]);
  return id ? { deviceId: { ideal: id } } : {};
}
