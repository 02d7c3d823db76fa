/** The second source: a document on the screen, or another camera for the piece. */
import { tell, untell } from "../lib/banner.js";
import { openDialog } from "../lib/dialog.js";
import { $, el, show } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Publisher } from "../lib/media.js";

const PIECE = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 15 } };
const SCREEN = { frameRate: { ideal: 10 } };

export class Second {
  #allowed;
  /** @type {Publisher | null} */
  #publisher = null;

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
    if (!allowed && this.#publisher) this.#stop();
    show($("#dock-screen"), allowed && !this.#publisher && "getDisplayMedia" in (navigator.mediaDevices ?? {}));
    show($("#dock-second"), allowed && !this.#publisher);
    show($("#dock-stop"), allowed && this.#publisher);
  }

  /** @param {boolean} seen by the server */
  seen(seen) {
    this.#publisher?.seen(seen);
  }

  async #shareScreen() {
    try {
      this.#start(await navigator.mediaDevices.getDisplayMedia({ video: SCREEN, audio: false }), t("Le jury voit ce que vous partagez."));
    } catch (error) {
      // Closing the browser's own question is a choice, not a failure.
      if (error instanceof DOMException && error.name === "NotAllowedError") return;
      failed(t("Le partage ne s’ouvre pas."));
    }
  }

  async #shareCamera() {
    const used = new Set([...document.querySelectorAll("video")].flatMap((one) => (one.srcObject instanceof MediaStream ? one.srcObject.getVideoTracks() : [])).map((track) => track.getSettings().deviceId));
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput" && !used.has(one.deviceId));
    if (!cameras.length) return failed(t("Une seule caméra est branchée."), t("Branchez-en une deuxième pour filmer la pièce, ou montrez la pièce à votre caméra principale."));
    if (cameras.length === 1) return this.#openCamera(cameras[0].deviceId);
    const { close } = openDialog({
      title: t("Quelle caméra filme la pièce ?"),
      body: cameras.map((one, n) => el("button", { class: "btn", type: "button", on: { click: () => { close(); void this.#openCamera(one.deviceId); } } }, one.label || t("Caméra {n}", { n: n + 1 }))),
    });
  }

  /** @param {string} deviceId */
  async #openCamera(deviceId) {
    try {
      this.#start(await navigator.mediaDevices.getUserMedia({ video: { ...PIECE, deviceId: { exact: deviceId } } }), t("Le jury voit votre deuxième caméra."));
    } catch {
      failed(t("Cette caméra ne répond pas."), t("Un autre logiciel s’en sert peut-être. Fermez-le, puis recommencez."));
    }
  }

  /**
   * @param {MediaStream} stream
   * @param {string} words
   */
  #start(stream, words) {
    if (!this.#allowed()) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.#publisher = new Publisher("second", { stream, detail: true });
    stream.getVideoTracks()[0].addEventListener("ended", () => this.#stop());
    tell({ id: "second", kind: "ok", icon: "screen", title: words, action: { words: t("Arrêter le partage"), run: () => this.#stop() } });
    this.allow(true);
  }

  #stop() {
    const publisher = this.#publisher;
    if (!publisher) return;
    this.#publisher = null;
    publisher.close();
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
