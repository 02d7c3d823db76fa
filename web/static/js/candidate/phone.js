/** The code by which a phone becomes this seat's second camera (`POST phone`), and its end (`DELETE phone`). */
import { el } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { seatPath } from "../lib/page.js";
import { answerOf, post } from "../lib/sending/post.js";
import { within } from "../lib/within.js";

const ASK_MS = 8000;

/**
 * Asks for a code; whichever phone filmed before is out.
 * @returns {Promise<HTMLElement[] | null>} what to show; null when no code came
 */
export async function offerPhone() {
  const { status, body } = await post(`${seatPath}phone`, {}, { most: ASK_MS });
  if (!answerOf(status, body).ok) return null;
  const { url, picture, seconds } = /** @type {{url: string, picture: string, seconds: number}} */ (body);
  return [
    el("ol", { class: "lines" },
      el("li", null, t("Lisez ce code avec l’appareil photo de votre téléphone, et ouvrez l’adresse qu’il propose.")),
      el("li", null, t("Sur le téléphone, touchez « Filmer la pièce » et autorisez la caméra."))),
    el("a",
      {
        class: "phone-code", href: url, target: "_blank", rel: "noopener",
        "aria-label": t("Code à lire avec le téléphone. Il ouvre la page qui filme."),
      },
      drawn(picture)),
    el("p", { class: "small dim" },
      t("Ce code sert une fois, pendant {n} minutes. Restez aussi sur cette page : l’épreuve se passe ici.",
        { n: Math.round(seconds / 60) })),
  ];
}

export async function endPhone() {
  await fetch(`${seatPath}phone`, { method: "DELETE", signal: within(ASK_MS) }).catch(() => {});
}

/** @param {string} picture SVG */
function drawn(picture) {
  const svg = new DOMParser().parseFromString(picture, "image/svg+xml").documentElement;
  svg.setAttribute("aria-hidden", "true");
  return document.adoptNode(svg);
}
