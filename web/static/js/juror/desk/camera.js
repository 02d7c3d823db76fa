/**
 * The own camera and microphone of a juror, or of an aid, which of them is used, and a second source to show: the
 * screen.
 * @typedef {import("../../lib/stream.js").RoomStream} RoomStream
 * @typedef {import("../../lib/devices.js").Devices} Devices
 */
import { openChoice } from "../../lib/choose.js";
import { $, attr, classes, el, icon, setIcon, show } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { tellLost } from "../../lib/lost.js";
import { Own } from "../../lib/media/own.js";
import { Publisher } from "../../lib/media/publisher.js";
import { SelfView } from "../../lib/selfview.js";

export class Camera {
  #devices;
  #own;
  /** @type {Publisher | null} */
  #second = null;
  /** The browser asks what to show. */
  #choosing = false;
  #opened = false;

  /**
   * @param {RoomStream} stream
   * @param {HTMLElement} place where the own picture goes
   * @param {Devices} devices opened once this seat may send
   */
  constructor(stream, place, devices) {
    this.stream = stream;
    this.#devices = devices;
    this.mic = button("mic", () => devices.press("audioinput"));
    this.cam = button("cam", () => devices.press("videoinput"));
    this.share = button("screen", () => void this.#share());
    attr(this.share, "data-share", true);
    const view = new SelfView(devices, { small: true });
    view.element.id = "own";
    classes(view.element, { "j-own": true });
    place.append(view.element,
      el("div", { class: "dock j-own-dock", role: "group", "aria-label": t("Votre caméra et votre micro") }, this.mic,
        this.cam, chooser(devices), this.share));
    this.#own = new Own(stream, devices);
    devices.onChange(() => this.#draw());
    stream.onView(tellLost(devices, { sent: () => this.#own.allowed, choose: () => openChoice(devices) }));
    stream.onView(() => this.#rights());
    stream.onLive(({ sources }) =>
      this.#own.seen(sources.some((one) =>
        one.seat === stream.view?.seat.seat && one.source === "main" && one.state === "live")));
    stream.onClosed(() => this.#unshare(true));
    this.#draw();
  }

  #rights() {
    if (this.#own.allowed && !this.#opened) {
      this.#opened = true;
      void this.#devices.open();
    }
    if (!this.#mayShare) this.#unshare(true);
    this.#draw();
  }

  get #mayShare() {
    return this.stream.view?.media.publish.includes("second") ?? false;
  }

  async #share() {
    if (this.#second) return this.#unshare();
    if (this.#choosing) return;
    this.#choosing = true;
    try {
      this.#show(await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false }));
    } catch {
      // The person closed the browser's own choice: nothing to share, nothing to say.
    }
    this.#choosing = false;
    this.#draw();
  }

  /** @param {MediaStream} media */
  #show(media) {
    // The right to it may have gone while the person was choosing.
    if (!this.#mayShare) return media.getTracks().forEach((track) => track.stop());
    this.#second = new Publisher("second", { stream: media, detail: true });
    media.getVideoTracks()[0]?.addEventListener("ended", () => this.#unshare());
  }

  /** @param {boolean} [ended] the right to show it is gone: the server has ended it */
  #unshare(ended = false) {
    for (const track of this.#second?.stream.getTracks() ?? []) track.stop();
    this.#second?.close(ended);
    this.#second = null;
    this.#draw();
  }

  #draw() {
    const heard = this.#devices.on("audioinput");
    const seen = this.#devices.on("videoinput");
    press(this.mic, heard, heard ? "mic" : "mic-off", heard ? t("Fermer le micro") : t("Ouvrir le micro"));
    press(this.cam, seen, seen ? "cam" : "cam-off", seen ? t("Fermer la caméra") : t("Ouvrir la caméra"));
    press(this.share, Boolean(this.#second), "screen",
      this.#second ? t("Ne plus montrer l’écran") : t("Montrer l’écran"));
    show(this.share, this.#mayShare && "getDisplayMedia" in (navigator.mediaDevices ?? {}));
  }
}

/** @param {Devices} devices */
function chooser(devices) {
  const words = t("Choisir la caméra, le micro et le haut-parleur");
  const node = button("tune", () => openChoice(devices));
  for (const name of ["aria-label", "title"]) attr(node, name, words);
  attr(node, "aria-haspopup", "dialog");
  attr(node, "data-devices", true);
  return node;
}

/**
 * @param {string} sign
 * @param {() => unknown} onClick
 */
function button(sign, onClick) {
  return el("button", { class: "btn square", type: "button", on: { click: onClick } }, icon(sign));
}

/**
 * @param {HTMLElement} node
 * @param {boolean} on
 * @param {string} sign
 * @param {string} words
 */
function press(node, on, sign, words) {
  attr(node, "aria-pressed", String(on));
  attr(node, "aria-label", words);
  attr(node, "title", words);
  setIcon($("svg", node), sign);
}
