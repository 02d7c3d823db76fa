/** One's own picture, mirrored, with the state of one's microphone in words. */
import { attr, classes, el, icon, setIcon, show, text } from "./dom.js";
import { t } from "./i18n.js";

export class SelfView {
  element;
  #devices;
  #says;
  #idle;
  #video = el("video", { autoplay: true, playsinline: true, "aria-hidden": "true" });
  #why = el("p");
  #nobody = el("div", { class: "nobody" }, icon("cam-off"), this.#why);
  #icon = icon("mic");
  #words = el("span");
  #flag = el("span", { class: "flag" }, this.#icon, this.#words);

  /**
   * @param {import("./devices.js").Devices} devices
   * @param {{label?: string, hint?: string, mirror?: boolean, small?: boolean, why?: boolean, idle?: string}} [options]
   *   small: the microphone's words are for screen readers only; why: what stands against the camera is said here;
   *   idle: the words while nobody has asked for it
   */
  constructor(devices, {
    label = t("Vous"), hint = "", mirror = true, small = false, why = true, idle = t("La caméra s’ouvre…"),
  } = {}) {
    this.#devices = devices;
    this.#says = why;
    this.#idle = idle;
    this.#video.muted = true;
    classes(this.#words, { vh: small });
    this.element = el("figure", { class: mirror ? "tile mirror" : "tile" }, this.#video, this.#nobody,
      el("figcaption", null, el("span", { class: "name" }, label, hint && el("small", null, hint)), this.#flag));
    devices.onChange(() => this.draw());
    this.draw();
  }

  draw() {
    const { stream } = this.#devices;
    // A video with nothing in it keeps the page from being done loading.
    const shown = stream.getTracks().length ? stream : null;
    if (this.#video.srcObject !== shown) this.#video.srcObject = shown;
    if (shown && this.#video.paused) void this.#video.play().catch(() => {});
    const camera = this.#devices.on("videoinput");
    show(this.#nobody, !camera);
    const trouble = this.#devices.trouble.videoinput;
    text(this.#why,
      trouble ? (this.#says ? trouble.title : t("Pas d’image"))
        : stream.getVideoTracks().length ? t("Vous avez fermé votre caméra.")
          : this.#idle);
    const mic = this.#devices.on("audioinput");
    setIcon(this.#icon, mic ? "mic" : "mic-off");
    classes(this.#flag, { ok: mic, warn: !mic });
    const words = { open: t("micro ouvert"), closed: t("micro fermé"), missing: t("pas de micro") };
    text(this.#words, words[this.#devices.state("audioinput")]);
    attr(this.element, "data-mic", mic ? "on" : "off");
  }
}
