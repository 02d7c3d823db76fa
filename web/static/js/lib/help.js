/** "Signaler un problème": a few words that reach the organizer at once, from any page of the room. */
import { act } from "./act.js";
import { announce } from "./announce.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { firstView } from "./page.js";

/** @param {string} [words] what to begin with */
export function openHelp(words = "") {
  const area = el("textarea", { id: "help-words", rows: 3, maxlength: 2000 });
  area.value = words;
  const candidate = firstView?.seat.role === "candidate";
  const choices = [candidate ? t("Je n’entends pas le jury") : t("Je n’entends pas la salle"), t("On ne m’entend pas"), t("L’image se fige"),
    ...(candidate ? [t("J’ai besoin d’une pause")] : []), t("J’ai une autre question")];
  const chips = el("div", { class: "chips", role: "group", "aria-label": t("Le problème le plus courant") },
    choices.map((choice) => el("button", { class: "btn", type: "button", on: { click: () => { area.value = choice; area.focus(); } } }, choice)));
  const body = [
    el("p", null, t("L’organisateur voit votre message tout de suite."), " ", candidate && t("Demander de l’aide ne change rien à votre évaluation.")),
    chips,
    el("div", { class: "field" }, el("label", { for: "help-words" }, t("Que se passe-t-il ?")), area),
  ];
  const { dialog, close, footer } = openDialog({
    title: t("Signaler un problème"), body,
    actions: (shut) => [
      el("button", { class: "btn", type: "button", on: { click: shut } }, t("Annuler")),
      el("button", { class: "btn main", type: "button", on: { click: (/** @type {MouseEvent} */ event) => void report(/** @type {HTMLElement} */ (event.currentTarget)) } }, t("Prévenir l’organisateur")),
    ],
  });
  area.focus();

  /** @param {HTMLElement} button */
  async function report(button) {
    const said = area.value.trim();
    if (!said) {
      area.setAttribute("aria-invalid", "true");
      area.focus();
      announce(t("Écrivez en quelques mots ce qui se passe."));
      return;
    }
    const answer = await act(button, "ReportProblem", { words: said }, { near: footer });
    if (!answer?.ok) return;
    close();
    openDialog({ title: t("C’est envoyé"), body: [el("p", null, t("L’organisateur a reçu votre message. Restez sur cette page : il vous répond ici, ou au téléphone."))] });
  }
  return dialog;
}
