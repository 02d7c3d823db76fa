/** The second source: a document on the screen, or another camera for the piece, which may be a phone's. */
import { tell, untell } from "../lib/banner.js";
import { openDialog } from "../lib/dialog.js";
import { $, el, icon, show } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { PIECE, Publisher } from "../lib/media/publisher.js";
import { troubleOf } from "../lib/device-trouble.js";
import { endPhone, offerPhone } from "./phone.js";

const SCREEN = { frameRate: { ideal: 10 } };
/** What was just stopped here is still seen for a moment: what stays longer comes from the phone. */
const SETTLED_MS = 1500;
/** A room that is closed for a moment refuses too: what is refused for longer stays refused. */
const REFUSED_MS = 8000;

export class Second {
  #allowed;
  /** @type {Publisher | null} */
  #publisher = null;
  /** The server receives a second picture of this seat that this page does not send. */
  #phone = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #refused;
  /** @type {(() => void) | null} closes the code shown */
  #closeCode = null;

  /** @param {() => boolean} allowed may this seat show something now? */
  constructor(allowed) {
    this.#allowed = allowed;
    $("#dock-screen").addEventListener("click", () => void this.#shareScreen());
    $("#dock-second").addEventListener("click", () => void this.#shareCamera());
    $("#dock-stop").addEventListener("click", () => this.#stop());
    navigator.mediaDevices?.addEventListener("devicechange", () => this.allow(this.#allowed()));
  }

  /** @param {boolean} allowed */
  allow(allowed) {
    if (!allowed && this.#publisher) this.#stop(true);
    if (!allowed) this.#closeCode?.();
    const busy = this.#publisher !== null || this.#phone;
    show($("#dock-screen"), allowed && !busy && "getDisplayMedia" in (navigator.mediaDevices ?? {}));
    show($("#dock-second"), allowed && !busy);
    show($("#dock-stop"), allowed && busy);
  }

  /** @param {boolean} seen by the server */
  seen(seen) {
    this.#publisher?.seen(seen);
    const phone = seen && !this.#publisher;
    if (phone === this.#phone) {
      clearTimeout(this.#settling);
      this.#settling = undefined;
    } else if (!phone) {
      this.#drawPhone(false);
    } else {
      this.#settling ??= setTimeout(() => this.#drawPhone(!this.#publisher), SETTLED_MS);
    }
  }

  /** @param {boolean} phone */
  #drawPhone(phone) {
    this.#settling = undefined;
    if (this.#phone === phone) return;
    this.#phone = phone;
    if (phone) {
      this.#closeCode?.();
      this.#tell(t("Le jury voit ce que filme votre téléphone."));
    } else {
      untell("second");
    }
    this.allow(this.#allowed());
  }

  async #shareScreen() {
    try {
      this.#start(await navigator.mediaDevices.getDisplayMedia({ video: SCREEN, audio: false }),
        t("Le jury voit ce que vous partagez."));
    } catch (error) {
      // Closing the browser's own question is a choice, not a failure.
      if (error instanceof DOMException && error.name === "NotAllowedError") return;
      failed(t("Le partage ne s’ouvre pas."));
    }
  }

  async #shareCamera() {
    const shown = [...document.querySelectorAll("video")]
      .flatMap(({ srcObject }) => (srcObject instanceof MediaStream ? srcObject.getVideoTracks() : []));
    const used = new Set(shown.map((track) => track.getSettings().deviceId));
    const cameras = (await navigator.mediaDevices.enumerateDevices())
      .filter((one) => one.kind === "videoinput" && !used.has(one.deviceId));
    /** @type {(name: string, words: string, run: () => void) => HTMLElement} */
    const choice = (name, words, run) =>
      el("button", { class: "btn", type: "button", on: { click: () => { close(); run(); } } }, icon(name), words);
    const { close } = openDialog({
      title: t("Quelle caméra filme la pièce ?"),
      body: [el("div", { class: "stack" }, choice("phone", t("Mon téléphone"), () => void this.#showCode()),
        ...cameras.map((one, n) =>
          choice("cam", one.label || t("Caméra {n}", { n: n + 1 }), () => void this.#openCamera(one.deviceId))))],
    });
  }

  async #showCode() {
    const body = await offerPhone();
    if (!body) return failed(t("Le code pour le téléphone n’a pas pu être préparé."));
    const { close } = openDialog({
      title: t("Filmer avec votre téléphone"), body, onClose: () => { this.#closeCode = null; },
    });
    this.#closeCode = close;
  }

  /** @param {string} deviceId */
  async #openCamera(deviceId) {
    try {
      this.#start(await navigator.mediaDevices.getUserMedia({ video: { ...PIECE, deviceId: { exact: deviceId } } }),
        t("Le jury voit votre deuxième caméra."));
    } catch (error) {
      const { title, todo } = await troubleOf(error, "videoinput");
      failed(title, todo);
    }
  }

  /**
   * @param {MediaStream} stream
   * @param {string} words
   */
  #start(stream, words) {
    // The right to it may have gone while the person was choosing, or something else be shown already.
    if (!this.#allowed() || this.#publisher) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.#publisher = new Publisher("second", { stream, detail: true, onState: (state) => this.#follow(state) });
    stream.getVideoTracks()[0].addEventListener("ended", () => this.#stop());
    this.#tell(words);
    this.allow(true);
  }

  /** @param {import("../lib/media/link.js").LinkState} state */
  #follow(state) {
    if (state === "connected" || state === "closed") {
      clearTimeout(this.#refused);
      this.#refused = undefined;
    } else if (state === "refused") {
      this.#refused ??= setTimeout(() => {
        // Where the right itself is gone, `allow` stops it, and what the jury asks for now is on the page.
        if (!this.#allowed()) return;
        this.#stop(true);
        failed(t("Le partage ne s’ouvre pas."));
      }, REFUSED_MS);
    }
  }

  /** @param {string} words */
  #tell(words) {
    tell({
      id: "second", kind: "ok", icon: "screen", title: words,
      action: { words: t("Arrêter le partage"), run: () => this.#stop() },
    });
  }

  /** @param {boolean} [ended] the right to show something is gone: the server has ended it */
  #stop(ended = false) {
    if (this.#phone) void endPhone();
    const publisher = this.#publisher;
    if (!publisher) return;
    this.#publisher = null;
    publisher.close(ended);
    for (const track of publisher.stream.getTracks()) track.stop();
    untell("second");
    this.allow(this.#allowed());
  }
}

/**
 * @param {string} title
 * @param {string} [words]
 */
function failed(title, words = t("Recommencez, ou signalez-le avec le bouton « Signaler un problème ».")) {
  tell({ id: "second-failed", kind: "warn", icon: "alert", title, words, close: true });
}
