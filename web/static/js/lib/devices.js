/**
 * The camera and the microphone of this computer: asked for once, remembered, changed on the way, and in words what
 * stands against it and what to do.
 *
 * @typedef {"videoinput" | "audioinput"} Kind
 * @typedef {{kind: Kind | "both", title: string, todo: string}} Trouble
 */
import { t } from "./i18n.js";

const KEPT = { videoinput: "camera", audioinput: "microphone" };
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const SMALL_VIDEO = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 25 } };
const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class Devices {
  stream = new MediaStream();
  /** @type {{videoinput: Trouble | null, audioinput: Trouble | null}} */
  trouble = { videoinput: null, audioinput: null };
  #large;
  /** @type {Set<(stream: MediaStream) => void>} */
  #listeners = new Set();

  /** @param {{large?: boolean}} [options] large: a card or a piece must be readable in it */
  constructor({ large = false } = {}) {
    this.#large = large;
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.#plugged());
  }

  /** Called with the stream each time its tracks have changed. @param {(stream: MediaStream) => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
    if (this.stream.getTracks().length) listener(this.stream);
    return this;
  }

  /** Asks for both, and for one where the other is missing: a broken microphone must not hide the camera. */
  async open() {
    await this.#ask("both");
    if (!this.#track("videoinput") || !this.#track("audioinput")) {
      await this.#ask("videoinput");
      await this.#ask("audioinput");
    }
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
    this.#track(kind)?.stop();
    const kept = this.stream.getTracks().filter((track) => track.kind !== wordOf(kind));
    this.stream = new MediaStream(kept);
    await this.#ask(kind);
    this.#tell();
  }

  /** @param {Kind} kind @returns {Promise<{id: string, label: string}[]>} */
  async list(kind) {
    const all = await (navigator.mediaDevices?.enumerateDevices() ?? Promise.resolve([]));
    return all.filter((one) => one.kind === kind && one.deviceId)
      .map((one, n) => ({ id: one.deviceId, label: one.label || (kind === "videoinput" ? t("Caméra {n}", { n: n + 1 }) : t("Micro {n}", { n: n + 1 })) }));
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

  /** Closes or opens without letting go of the device. @param {Kind} kind @param {boolean} on */
  switch(kind, on) {
    const track = this.#track(kind);
    if (track) track.enabled = on;
    this.#tell();
  }

  stop() {
    for (const track of this.stream.getTracks()) track.stop();
    this.stream = new MediaStream();
  }

  /** @param {Kind} kind */
  #track(kind) {
    return this.stream.getTracks().find((track) => track.kind === wordOf(kind) && track.readyState === "live");
  }

  /** @param {Kind | "both"} kind */
  async #ask(kind) {
    const video = kind !== "audioinput" && !this.#track("videoinput");
    const audio = kind !== "videoinput" && !this.#track("audioinput");
    if (!video && !audio) return;
    try {
      if (!navigator.mediaDevices) throw new DOMException("none", isSecureContext ? "NotSupportedError" : "SecurityError");
      const got = await navigator.mediaDevices.getUserMedia({
        video: video && { ...(this.#large ? VIDEO : SMALL_VIDEO), ...kept("videoinput") },
        audio: audio && { ...AUDIO, ...kept("audioinput") },
      });
      for (const track of got.getTracks()) this.#take(track);
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      if (video && kind !== "both") this.trouble.videoinput = troubleOf(name, "videoinput");
      if (audio && kind !== "both") this.trouble.audioinput = troubleOf(name, "audioinput");
    }
  }

  /** @param {MediaStreamTrack} track */
  #take(track) {
    const kind = /** @type {Kind} */ (track.kind === "video" ? "videoinput" : "audioinput");
    this.trouble[kind] = null;
    this.stream = new MediaStream([...this.stream.getTracks().filter((one) => one.kind !== track.kind), track]);
    track.addEventListener("ended", () => void this.#ended(kind));
    track.addEventListener("mute", () => this.#tell());
    track.addEventListener("unmute", () => this.#tell());
  }

  /** Unplugged, or taken back by the system: try what is left. @param {Kind} kind */
  async #ended(kind) {
    this.trouble[kind] = troubleOf("ended", kind);
    await this.choose(kind);
  }

  async #plugged() {
    for (const kind of /** @type {const} */ (["videoinput", "audioinput"])) if (this.trouble[kind]) await this.#ask(kind);
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener(this.stream);
  }
}

/** @param {Kind} kind */
function wordOf(kind) {
  return kind === "videoinput" ? "video" : "audio";
}

/** The device chosen before, if it is still there. @param {Kind} kind */
function kept(kind) {
  const id = localStorage.getItem(KEPT[kind]);
  return id ? { deviceId: { ideal: id } } : {};
}

/**
 * Words for a refusal of getUserMedia (W3C Media Capture §10.2).
 * @param {string} name of the DOMException
 * @param {Kind} kind
 * @returns {Trouble}
 */
export function troubleOf(name, kind) {
  const camera = kind === "videoinput";
  if (name === "NotAllowedError") {
    return {
      kind, title: camera ? t("Le navigateur n’a pas le droit d’ouvrir la caméra.") : t("Le navigateur n’a pas le droit d’ouvrir le micro."),
      todo: t("Cliquez sur le cadenas à gauche de l’adresse, choisissez « Autoriser », puis « Réessayer »."),
    };
  }
  if (name === "NotFoundError" || name === "OverconstrainedError") {
    return {
      kind, title: camera ? t("Aucune caméra n’est branchée.") : t("Aucun micro n’est branché."),
      todo: camera ? t("Branchez-en une, ou ouvrez votre lien sur un téléphone : tout marche aussi là.") : t("Branchez-en un, ou ouvrez votre lien sur un téléphone : tout marche aussi là."),
    };
  }
  if (name === "NotReadableError" || name === "AbortError") {
    return {
      kind, title: camera ? t("Votre caméra ne répond pas.") : t("Votre micro ne répond pas."),
      todo: t("Un autre logiciel s’en sert peut-être (Teams, Zoom…). Fermez-le, puis « Réessayer »."),
    };
  }
  if (name === "NotSupportedError") {
    return {
      kind, title: t("La caméra et le micro ne s’ouvrent pas ici."),
      todo: t("Cette page est sans doute ouverte à l’intérieur d’une application. Ouvrez votre lien dans le navigateur de votre appareil : Safari, Chrome, Firefox."),
    };
  }
  if (name === "SecurityError") {
    return {
      kind, title: t("Cette page n’est pas ouverte par une adresse sûre."),
      todo: t("Ouvrez le lien de votre courriel tel quel : son adresse commence par https."),
    };
  }
  if (name === "ended") {
    return {
      kind, title: camera ? t("Votre caméra s’est arrêtée.") : t("Votre micro s’est arrêté."),
      todo: camera ? t("Vérifiez qu’elle est bien branchée, puis « Réessayer ».") : t("Vérifiez qu’il est bien branché, puis « Réessayer »."),
    };
  }
  return {
    kind, title: camera ? t("La caméra ne s’ouvre pas.") : t("Le micro ne s’ouvre pas."),
    todo: t("Fermez et rouvrez le navigateur, puis revenez par le même lien. Sinon, signalez-le : l’organisateur vous aide."),
  };
}
