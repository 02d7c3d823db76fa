/** What the form of a kind of incident asks beside the facts (R6.5, R7.1): the framework's questions, none owed. */
import { el, keyed } from "./dom.js";
import { official, t } from "./i18n.js";

/**
 * @param {HTMLElement} parent where the fields go; those of the same kind stay as they are
 * @param {{kind: string, asks: string[]}[]} kinds
 * @param {string} chosen
 * @param {Record<string, string>} [left] what was answered before, by the place of each question
 */
export function drawAsks(parent, kinds, chosen, left) {
  const asks = kinds.find(({ kind }) => kind === chosen)?.asks ?? [];
  const id = (/** @type {string} */ place) => `${parent.id}-${place}`;
  keyed(parent, asks.map((question, place) => ({ question, place: String(place) })),
    ({ question, place }) => `${chosen}/${place}/${question}`,
    ({ question, place }) => el("div", { class: "field" },
      el("label", { for: id(place) }, el("span", official, question), " ",
        el("span", { class: "dim" }, t("(facultatif)"))),
      el("textarea", { id: id(place), rows: 2, "data-ask": place }, left?.[place] ?? "")));
}

/**
 * What was written there, by the place of each question; what was left empty is not in it.
 * @param {HTMLElement} parent
 */
export function answersIn(parent) {
  /** @type {Map<string, string>} */
  const given = new Map();
  for (const field of /** @type {NodeListOf<HTMLTextAreaElement>} */ (parent.querySelectorAll("[data-ask]"))) {
    const words = field.value.trim();
    if (words) given.set(field.dataset.ask ?? "", words);
  }
  return Object.fromEntries(given);
}
