/**
 * The try-out: a copy and pictures of this computer's camera, measured as they would be on the day, and forgotten (X4).
 * @typedef {import("../view").TryOut} TryOut
 */
import { drawSignals } from "../juror/identity/signals.js";
import { announce } from "../lib/announce.js";
import { Devices } from "../lib/devices.js";
import { $, el, icon, keyed, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { seatPath } from "../lib/page.js";
import { SelfView } from "../lib/selfview.js";
import { busy, pressed } from "../lib/sending/act.js";
import { lacking } from "../lib/sending/ask.js";
import { answerOf } from "../lib/sending/post.js";
import { sendBody } from "../lib/sending/upload-body.js";

/** The server takes no more at once. */
const MOST_FRAMES = 12;
const QUALITY = 0.92;

/**
 * @param {HTMLElement} panel
 * @param {(listener: (shown: boolean) => void) => void} onShown
 */
export function startTry(panel, onShown) {
  const devices = new Devices({ large: true });
  const form = /** @type {HTMLFormElement} */ ($("#try-form", panel));
  const near = $("#try-near", panel);
  const progress = el("progress", { max: 1, hidden: true, "aria-label": t("Envoi en cours") });
  $("#try-send", panel).before(progress);
  const view = new SelfView(devices, {
    label: t("Votre caméra, en miroir"), why: false, idle: t("La caméra est fermée."),
  });
  /** @type {{id: number, blob: Blob, url: string}[]} */
  let frames = [];
  let taken = 0;
  $("#try-self", panel).append(view.element);
  $("#try-open", panel).addEventListener("click", () => void devices.choose("videoinput"));
  $("#try-take", panel).addEventListener("click",
    (event) => void take(/** @type {HTMLElement} */ (event.currentTarget)));
  form.addEventListener("submit", (event) => { event.preventDefault(); void send($("#try-send", panel)); });
  devices.onChange(buttons);
  // The camera closes with the page that shows it.
  onShown((shown) => {
    if (shown) return;
    devices.stop();
    view.draw();
    buttons();
  });

  function buttons() {
    const on = devices.on("videoinput");
    show($("#try-take", panel), on && frames.length < MOST_FRAMES);
    show($("#try-open", panel), !on);
    const trouble = devices.trouble.videoinput;
    if (trouble) lacking(near, `${trouble.title} ${trouble.todo}`);
  }

  /** @param {HTMLElement} button */
  async function take(button) {
    const video = view.element.querySelector("video");
    const blob = video && await busy(button, () => pictureOf(video));
    if (!blob) return;
    taken += 1;
    frames = [...frames, { id: taken, blob, url: URL.createObjectURL(blob) }];
    draw();
  }

  function draw() {
    lacking(near, "");
    buttons();
    keyed($("#try-frames", panel), frames, (one) => one.id, (one) => el("li", null,
      el("img", { src: one.url, alt: t("Image {n}", { n: one.id }) }), removing(one.id)));
  }

  /** @param {number} id */
  function removing(id) {
    const words = t("Retirer l’image {n}", { n: id });
    return el("button",
      { class: "btn quiet square", type: "button", "aria-label": words, on: { click: () => remove(id) } },
      icon("trash"));
  }

  /** @param {number} id */
  function remove(id) {
    for (const one of frames) if (one.id === id) URL.revokeObjectURL(one.url);
    frames = frames.filter((one) => one.id !== id);
    draw();
    $("#try-take", panel).focus();
  }

  /** @param {HTMLElement} button */
  async function send(button) {
    const body = new FormData(form);
    const copy = body.get("copy");
    const why = !(copy instanceof File && copy.size) ? t("Choisissez d’abord le recto de la copie.")
      : frames.length ? ""
        : t("Prenez d’abord une image de la caméra.");
    lacking(near, why);
    if (why) return;
    const back = body.get("back");
    if (!(back instanceof File && back.size)) body.delete("back");
    for (const one of frames) body.append("frame", one.blob, `image-${one.id}.jpg`);
    const answer = await pressed(button, () => tryOut(body, progress), near);
    if (answer?.out) drawResult(answer.out);
  }

  /** @param {TryOut} out */
  function drawResult({ quality, rows, seconds }) {
    const result = $("#try-result", panel);
    show(result, true);
    text($("#try-seconds", panel),
      t("Calculé en {seconds} s. Rien n’a été gardé.", { seconds: Math.max(1, Math.round(seconds)) }));
    // The words of a copy that is kept are not for one that is not.
    text($("#try-quality p", panel),
      !quality.looked ? t("Cette copie n’a pas pu être regardée.")
        : quality.findings.length ? ""
          : t("Rien à signaler."));
    keyed($("#try-quality ul", panel), quality.findings, (one) => `${one.side} ${one.code}`, () => el("li"),
      (node, one) => text(node, `${one.words} ${one.to_do}`));
    drawSignals($("#try-rows", panel), rows, (id) => id);
    result.focus();
  }
}

/**
 * What the camera shows at this moment; of one that has just been opened, the first picture.
 * @param {HTMLVideoElement} video
 * @returns {Promise<Blob | null>}
 */
async function pictureOf(video) {
  if (!video.videoWidth) await new Promise((done) => video.addEventListener("loadeddata", done, { once: true }));
  const canvas = el("canvas", { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}

/**
 * @param {FormData} body
 * @param {HTMLProgressElement} progress
 * @returns {Promise<import("../lib/sending/post.js").Answer & {out?: TryOut}>}
 */
async function tryOut(body, progress) {
  show(progress, true);
  const { status, body: out, whole } = await sendBody(`${seatPath}identity/try`, body, {
    onProgress: (share) => { progress.value = share; },
    onAgain: () => announce(t("L’envoi n’avançait plus. Nous recommençons.")),
  });
  show(progress, false);
  const answer = answerOf(status, out, status || whole
    ? t("L’essai n’a pas pu être fait. Rien n’a été gardé. Recommencez dans un instant.")
    : t("L’essai n’est pas parti : la connexion manque. Recommencez dans un instant."));
  return answer.ok ? { ...answer, out } : answer;
}
