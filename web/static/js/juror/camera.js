/**
 * The juror's own camera and microphone, and a second source to show: the screen.
 * @typedef {import("../lib/stream.js").RoomStream} RoomStream
 */
import { tell, untell } from "../lib/banner.js";
import { Devices } from "../lib/devices.js";
import { $, attr, classes, el, icon, setIcon, show } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Publisher, tellElsewhere } from "../lib/media.js";
import { SelfView } from "../lib/selfview.js";

/** @typedef {import("../lib/devices.js").Kind} Kind */
const KINDS = /** @type {const} */ (["videoinput", "audioinput"]);

export class Camera {
  #devices = new Devices();
  /** @type {Publisher | null} */
  #main = null;
  /** @type {Publisher | null} */
  #second = null;
  #opened = false;

  /**
   * @param {RoomStream} stream
   * @param {HTMLElement} place where the own picture goes
   */
  constructor(stream, place) {
    this.stream = stream;
    this.mic = button("mic", () => this.#switch("audioinput"));
    this.cam = button("cam", () => this.#switch("videoinput"));
    this.share = button("screen", () => void this.#share());
    const view = new SelfView(this.#devices, { small: true });
    view.element.id = "own";
    classes(view.element, { "j-own": true });
    place.append(view.element, el("div", { class: "dock j-own-dock", role: "group", "aria-label": t("Votre caméra et votre micro") }, this.mic, this.cam, this.share));
    this.#devices.onChange((media) => this.#publish(media));
    stream.onView(() => this.#rights());
    stream.onLive(({ sources }) => this.#main?.seen(sources.some((one) => one.seat === stream.view?.seat.seat && one.source === "main" && one.state === "live")));
    stream.onLine(({ state }) => { if (state === "open") this.#main?.hurry(); });
    stream.onClosed(() => {
      this.#main?.close(true);
      this.#unshare(true);
    });
    this.#draw();
  }

  #rights() {
    const may = this.stream.view?.media.publish ?? [];
    if (may.includes("main") && !this.#opened) {
      this.#opened = true;
      void this.#devices.open().then(() => this.#troubles());
    }
    this.#publish(this.#devices.stream);
    if (!may.includes("second")) this.#unshare(true);
    this.#draw();
  }

  /** Sends what there is, as long as this seat may send it. @param {MediaStream} media */
  #publish(media) {
    const may = this.stream.view?.media.publish.includes("main") ?? false;
    if (!may || !media.getTracks().length) {
      this.#main?.close(!may);
      this.#main = null;
    } else if (!this.#main) this.#main = this.#publisher(media);
    else if (this.#main.stream !== media) void this.#main.replace(media);
    this.#draw();
  }

  /** @param {MediaStream} stream */
  #publisher(stream) {
    /** @type {Publisher} */
    const publisher = new Publisher("main", { stream, onElsewhere: (elsewhere) => tellElsewhere(elsewhere, () => void publisher.here()) });
    return publisher;
  }

  #troubles() {
    for (const kind of KINDS) {
      const trouble = this.#devices.trouble[kind];
      if (trouble) tell({ id: kind, kind: "warn", icon: kind === "videoinput" ? "cam-off" : "mic-off", title: trouble.title, words: trouble.todo });
      else untell(kind);
    }
  }

  /** Opens or closes; where the device had failed, tries it again. @param {Kind} kind */
  async #switch(kind) {
    if (this.#devices.trouble[kind]) {
      await this.#devices.choose(kind);
      this.#troubles();
    } else this.#devices.switch(kind, !this.#devices.on(kind));
    this.#draw();
  }

  async #share() {
    if (this.#second) return this.#unshare();
    try {
      const media = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false });
      this.#second = new Publisher("second", { stream: media, detail: true });
      media.getVideoTracks()[0]?.addEventListener("ended", () => this.#unshare());
    } catch {
      // The person closed the browser's own choice: nothing to share, nothing to say.
    }
    this.#draw();
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
    press(this.share, Boolean(this.#second), "screen", this.#second ? t("Ne plus montrer l’écran") : t("Montrer l’écran"));
    show(this.share, this.stream.view?.media.publish.includes("second") && "getDisplayMedia" in (navigator.mediaDevices ?? {}));
  }
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
