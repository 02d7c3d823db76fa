/**
 * One frame of a live camera, taken by the server, and the pictures taken.
 * @typedef {import("../../view").CaptureView} CaptureView
 * @typedef {import("../context.js").Context} Context
 */
import { refuse, busy, unrefuse } from "../../lib/act.js";
import { openDialog } from "../../lib/dialog.js";
import { el } from "../../lib/dom.js";
import { hhmm, t } from "../../lib/i18n.js";
import { seatPath } from "../../lib/page.js";
import { whyMissing } from "../../lib/picture.js";
import { within } from "../../lib/within.js";

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
  const taken = await busy(button, async () => {
    unrefuse(button, near);
    try {
      const response = await fetch(`${seatPath}captures`, {
        method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ hearing: hearing.id, seat: hearing.candidate.seat, source }), signal: within(ANSWER_MS),
      });
      const answer = await response.json().catch(() => ({}));
      if (response.ok) {
        context.did(answer);
        return String(answer.capture);
      }
      const otherwise = t("L’image n’a pas été prise. La caméra est-elle visible ? Recommencez.");
      refuse(button, { refusal: answer.refusal || otherwise }, near);
    } catch {
      refuse(button, { refusal: t("L’image n’a pas été prise : la connexion manque. Recommencez dans un instant.") },
        near);
    }
    return null;
  });
  return taken ?? null;
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
