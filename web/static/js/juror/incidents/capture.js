/**
 * One frame of a live camera, taken by the server, and the pictures taken.
 * @typedef {import("../../view").CaptureView} CaptureView
 * @typedef {import("../context.js").Context} Context
 */
import { openDialog } from "../../lib/dialog.js";
import { el } from "../../lib/dom.js";
import { hhmm, t } from "../../lib/i18n.js";
import { seatPath } from "../../lib/page.js";
import { whyMissing } from "../../lib/picture.js";
import { pressed } from "../../lib/sending/act.js";
import { answerOf, post } from "../../lib/sending/post.js";

const ANSWER_MS = 20000;

/** @param {string} id */
export function captureAddress(id) {
  return `${seatPath}captures/${encodeURIComponent(id)}.jpg`;
}

/**
 * Asks the server for a picture of the candidate's camera, or of what they share when that is what is shown.
 * @param {Context} context
 * @param {HTMLElement} button
 * @param {HTMLElement} near where a refusal is shown
 * @param {"main" | "second"} [source]
 * @returns {Promise<string | null>} the picture's id
 */
export async function takeCapture(context, button, near, source = "main") {
  const { hearing } = context;
  const fields = { hearing: hearing.id, seat: hearing.candidate.seat, source };
  const taken = await pressed(button, async () => {
    const { status, body } = await post(`${seatPath}captures`, fields, { most: ANSWER_MS });
    const otherwise = status ? t("L’image n’a pas été prise. La caméra est-elle visible ? Recommencez.")
      : t("L’image n’a pas été prise : la connexion manque. Recommencez dans un instant.");
    return { ...answerOf(status, body, otherwise), capture: String(body.capture) };
  }, near);
  context.did(taken);
  return taken?.ok ? taken.capture : null;
}

/**
 * A picture at full size.
 * @param {string} title
 * @param {string} address
 */
export function enlarge(title, address) {
  const image = el("img", { class: "j-whole", src: address, alt: title });
  openDialog({ title, broad: true, body: [image, whyMissing(image)] });
}

/** @param {CaptureView} capture */
export function captureTitle(capture) {
  return t("Image prise à {hour} par {name}", { hour: hhmm(capture.at), name: capture.by });
}
