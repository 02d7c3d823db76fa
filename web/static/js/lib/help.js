/** "Signaler un problème": a choice, a few words or both, that reach the organizer at once, from any page of a room. */
import { openDialog } from "./dialog.js";
import { attr, el } from "./dom.js";
import { Draft } from "./drafts.js";
import { t } from "./i18n.js";
import { firstView } from "./page.js";
import { act } from "./sending/act.js";
import { chips, lacking } from "./sending/ask.js";

/**
 * The common problems, in the caller's words; the values are kinds of `ReportProblem`.
 * @param {boolean} candidate
 * @returns {[string, string][]}
 */
function kinds(candidate) {
  return [
    ["not_hearing", candidate ? t("Je n’entends pas le jury") : t("Je n’entends pas la salle")],
    ["not_heard", t("On ne m’entend pas")], ["frozen", t("L’image se fige")],
    ...(candidate ? [/** @type {[string, string]} */ (["pause", t("J’ai besoin d’une pause")])] : []),
    ["question", t("J’ai une autre question")],
  ];
}

/** @type {((close: () => void) => HTMLElement | null)[]} */
const besides = [];

/**
 * What a page has no room to show all the time and nobody should have to look for.
 * @param {(close: () => void) => HTMLElement | null} make called each time help is opened; null: nothing now
 */
export function alsoInHelp(make) {
  besides.push(make);
}

export function openHelp() {
  const candidate = firstView?.seat.role === "candidate";
  /** @type {Draft<{kind: string, words: string}>} */
  const draft = new Draft("help");
  const left = draft.get();
  const choice = chips("help-kind", kinds(candidate));
  const area = el("textarea", { id: "help-words", rows: 3, maxlength: 2000 });
  attr(choice.node, "aria-label", t("Le problème le plus courant"));
  choice.value = left?.kind ?? "";
  area.value = left?.words ?? "";
  const form = el("div", { class: "stack", on: { input: () => draft.set({ kind: choice.value, words: area.value }) } },
    choice.node,
    el("div", { class: "field" }, el("label", { for: "help-words" }, t("Que se passe-t-il ?")), area));
  const { dialog, close, footer } = openDialog({
    title: t("Signaler un problème"),
    body: [
      el("p", null, t("L’organisateur voit votre message tout de suite."), " ",
        candidate && t("Demander de l’aide ne change rien à votre évaluation.")),
      form,
    ],
    actions: (shut) => [
      el("button", { class: "btn", type: "button", on: { click: shut } }, t("Annuler")),
      el("button",
        {
          class: "btn main", type: "button", "data-act": "ReportProblem",
          on: {
            click: (/** @type {MouseEvent} */ event) => void report(/** @type {HTMLElement} */ (event.currentTarget)),
          },
        },
        t("Prévenir l’organisateur")),
    ],
  });
  form.after(...besides.map((make) => make(close)).filter((one) => one !== null));
  area.focus();

  /** @param {HTMLElement} button */
  async function report(button) {
    const words = area.value.trim();
    const kind = choice.value;
    lacking(footer, words || kind ? "" : t("Choisissez ce qui se passe, ou écrivez-le en quelques mots."));
    if (!words && !kind) return area.focus();
    const answer = await act(button, "ReportProblem", { ...(words ? { words } : {}), ...(kind ? { kind } : {}) },
      { near: footer });
    if (!answer?.ok) return;
    draft.clear();
    close();
    openDialog({
      title: t("C’est envoyé"),
      body: [el("p", null,
        t("L’organisation a reçu votre message. Restez sur cette page : on vous répond ici, ou au téléphone."))],
    });
  }
  return dialog;
}
