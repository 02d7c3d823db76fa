/** The copy of one's identity document (R6.2): front and back, a photo, a scan or a PDF, at any time before. */
import { announce } from "../lib/announce.js";
import { openDialog } from "../lib/dialog.js";
import { el, icon, show, text } from "../lib/dom.js";
import { hour, t } from "../lib/i18n.js";
import { upload } from "../lib/upload.js";

/** @typedef {import("../view").Hearing} Hearing */

/** @param {Hearing} hearing */
export function openCopy(hearing) {
  openDialog({
    title: t("Copie de votre pièce d’identité"), broad: true,
    body: [
      el("p", null, t("Une photo nette, un scan ou un PDF. Seuls le jury, l’organisateur et l’organisme certificateur peuvent la voir. Elle sert à comparer, le jour de l’épreuve, avec ce que vous montrez à la caméra.")),
      el("div", { class: "sides" }, side(hearing, "identity_front", t("Recto")), side(hearing, "identity_back", t("Verso (si votre pièce en a un)"))),
    ],
  });
}

/**
 * @param {Hearing} hearing
 * @param {"identity_front" | "identity_back"} kind
 * @param {string} title
 */
function side(hearing, kind, title) {
  const state = el("p", { class: "state" });
  const wrong = el("p", { class: "wrong", hidden: true }, icon("alert"), el("span"));
  const progress = el("progress", { max: 1, hidden: true, "aria-label": t("Envoi en cours") });
  const input = el("input", { type: "file", accept: "image/*,application/pdf", "aria-label": title, on: { change: () => void send() } });
  const before = hearing.identity.copies?.filter((one) => one.kind === kind).at(-1);
  received(before?.supplied_at);
  return el("div", { class: "side-of" }, el("h3", null, title), state, progress, wrong,
    el("label", { class: "btn pick" }, icon("upload"), el("span", null, t("Choisir un fichier ou une photo")), input));

  /** @param {number | undefined} at */
  function received(at) {
    state.replaceChildren(icon(at ? "check-o" : "clock"), at ? t("reçu à {hour}", { hour: hour(at) }) : t("pas encore fourni"));
    state.classList.toggle("ok", Boolean(at));
  }

  async function send() {
    const file = input.files?.[0];
    if (!file) return;
    show(wrong, false);
    show(progress, true);
    input.disabled = true;
    const answer = await upload(file, { hearing: hearing.id, kind }, (share) => { progress.value = share; });
    input.disabled = false;
    input.value = "";
    show(progress, false);
    if (answer.ok) received(Date.now());
    else {
      text(/** @type {Element} */ (wrong.lastElementChild), answer.refusal);
      show(wrong, true);
    }
    announce(answer.ok ? t("C’est reçu.") : answer.refusal);
  }
}
