/**
 * Where the sound of the others comes out: the system's own choice, or one that the person has made (W3C Audio Output
 * Devices, `setSinkId`; where a browser lacks it, the system's settings are the only place). Remembered on this
 * computer.
 */
import { t } from "./i18n.js";

/** @typedef {{id: string, label: string}} Output */

const KEPT = "loudspeaker";

export class Loudspeaker {
  /** Does this browser let a page choose? */
  able = "setSinkId" in (globalThis.HTMLMediaElement?.prototype ?? {});
  /** Chosen, and there: "" is the system's own choice. */
  used = "";
  #chosen = kept();
  /** @type {Set<HTMLMediaElement>} */
  #playing = new Set();
  /** @type {AudioContext | null} */
  #audio = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  constructor() {
    if (!this.able) return;
    globalThis.navigator?.mediaDevices?.addEventListener("devicechange", () => void this.#apply());
    if (this.#chosen) void this.#apply();
  }

  /** This element's sound comes out where the person chose, from now on. @param {HTMLMediaElement} element */
  play(element) {
    this.#playing.add(element);
    void this.#route(element);
  }

  /** @param {HTMLMediaElement} element */
  leave(element) {
    this.#playing.delete(element);
  }

  /**
   * What sounds made here are to be connected to, to come out there too.
   * @param {AudioContext} audio
   * @returns {AudioNode}
   */
  out(audio) {
    this.#audio = audio;
    if (!this.used || "setSinkId" in audio) {
      void this.#routeSounds();
      return audio.destination;
    }
    const through = audio.createMediaStreamDestination();
    const element = new Audio();
    element.srcObject = through.stream;
    void this.#route(element).then(() => element.play()).catch(() => {});
    return through;
  }

  /** @returns {Promise<Output[]>} none where the browser tells of none before a microphone is allowed */
  async list() {
    const all = this.able ? await navigator.mediaDevices?.enumerateDevices().catch(() => []) ?? [] : [];
    return all.filter((one) => one.kind === "audiooutput" && one.deviceId)
      .map((one, n) => ({ id: one.deviceId, label: one.label || t("Haut-parleur {n}", { n: n + 1 }) }));
  }

  /** @param {string} id */
  async choose(id) {
    this.#chosen = id;
    try {
      localStorage.setItem(KEPT, id);
    } catch {
      // Not allowed to keep it: it holds as long as the page.
    }
    await this.#apply();
  }

  /** Firefox names outputs only once the person has picked one in its own list. */
  get asks() {
    return this.able && "selectAudioOutput" in (navigator.mediaDevices ?? {});
  }

  async ask() {
    try {
      const devices = /** @type {{selectAudioOutput: () => Promise<MediaDeviceInfo>}} */
        (/** @type {unknown} */ (navigator.mediaDevices));
      await this.choose((await devices.selectAudioOutput()).deviceId);
    } catch {
      // The person closed the browser's own list: nothing changes.
    }
  }

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
  }

  /** @param {() => void} listener */
  offChange(listener) {
    this.#listeners.delete(listener);
  }

  /** The chosen one while it is there; otherwise the system's, or the others would speak into nothing. */
  async #apply() {
    const all = await this.list();
    this.used = !all.length || all.some((one) => one.id === this.#chosen) ? this.#chosen : "";
    await Promise.all([...this.#playing].map((element) => this.#route(element)));
    await this.#routeSounds();
    for (const listener of this.#listeners) listener();
  }

  /** @param {HTMLMediaElement} element */
  async #route(element) {
    if (this.able && element.sinkId !== this.used) {
      await element.setSinkId(this.used).catch(() => element.setSinkId("").catch(() => {}));
    }
  }

  async #routeSounds() {
    const audio = /** @type {{sinkId?: string, setSinkId?: (id: string) => Promise<void>} | null} */
      (/** @type {unknown} */ (this.#audio));
    if (audio?.setSinkId && audio.sinkId !== this.used) await audio.setSinkId(this.used).catch(() => {});
  }
}

export const loudspeaker = new Loudspeaker();

function kept() {
  try {
    return globalThis.localStorage?.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}
