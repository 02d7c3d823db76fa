/**
 * After: thanks, dates, and one's own words for the record (X9). Nothing of the room is left here. And what stands in
 * its place where the jury cannot receive the candidate (R6.6).
 */
import { openDialog } from "../lib/dialog.js";
import { $, $$, el, keyed, show, text } from "../lib/dom.js";
import { Draft } from "../lib/drafts.js";
import { date, quoted, t } from "../lib/i18n.js";
import { act } from "../lib/sending/act.js";

/**
 * @param {import("../lib/stream.js").RoomStream} stream
 * @param {{comeBack: () => void}} go
 */
export function startEnd(stream, go) {
  stream.onView(({ hearing }) => {
    const { after, held, apart } = hearing ?? {};
    text($("#apart-words"), quoted(apart?.words));
    show($("#apart-why"), apart?.words);
    text($("#held-title span"), held?.title);
    text($("#held-words"), held?.words);
    show($("#results"), after?.results_by);
    text($("#results-by"), after ? date(after.results_by) : "");
    const paragraphs = $("#after-paragraphs");
    show(paragraphs, after?.paragraphs.length);
    text($("#after-kept"), after?.kept);
    keyed(paragraphs, after?.paragraphs ?? [], (_words, n) => n, () => el("p"), (node, words) => text(node, words));
  });
  for (const button of $$("[data-return]")) button.addEventListener("click", go.comeBack);
  for (const button of $$("[data-statement]")) {
    button.addEventListener("click", () => stream.view?.hearing && openStatement(stream.view.hearing.id));
  }
}

/** @param {string} hearing */
export function openStatement(hearing) {
  const area = el("textarea", { id: "statement", rows: 6, maxlength: 4000 });
  const draft = new Draft("statement", hearing);
  draft.keep(area);
  const { close, footer } = openDialog({
    title: t("Votre déclaration"),
    body: [el("div", { class: "field" },
      el("label", { for: "statement" }, t("Comment cela s’est-il passé, pour vous ?")), area),
      el("p", { class: "small dim" },
        t("Vos mots sont ajoutés à votre dossier tels quels, avec l’heure. "
          + "Ils ne peuvent plus être changés ensuite."))],
    actions: (shut) => [el("button", { class: "btn", type: "button", on: { click: shut } }, t("Annuler")),
      el("button",
        {
          class: "btn main", type: "button",
          on: {
            click: (/** @type {MouseEvent} */ event) => void send(/** @type {HTMLElement} */ (event.currentTarget)),
          },
        },
        t("Ajouter à mon dossier"))],
  });
  area.focus();

  /** @param {HTMLElement} button */
  async function send(button) {
    const words = area.value.trim();
    if (!words) {
      area.setAttribute("aria-invalid", "true");
      area.focus();
      return;
    }
    const answer = await act(button, "AddStatement", { hearing, words }, { near: footer });
    if (!answer?.ok) return;
    draft.clear();
    close();
    openDialog({
      title: t("C’est ajouté à votre dossier."),
      body: [el("p", null, t("Votre déclaration est conservée avec l’heure."))],
    });
  }
}
