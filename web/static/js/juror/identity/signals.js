/**
 * What was measured, one row a signal: its value, where it lies in words, both pictures, what it means and what to do.
 * No sum of them, and no colour that would be a verdict (R6.3).
 * @typedef {import("../../view").SignalRow} SignalRow
 */
import { openDialog } from "../../lib/dialog.js";
import { $, attr, el, icon, keyed, show, text } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";

/**
 * @param {HTMLElement} list
 * @param {SignalRow[]} rows
 * @param {(id: string) => string} address of a picture
 * @param {(row: SignalRow) => HTMLElement[]} [remedies] buttons that do what there is to do
 */
export function drawSignals(list, rows, address, remedies = () => []) {
  // A row measured anew is another row: its pictures and its buttons are of that measure.
  const key = (/** @type {SignalRow} */ row) => `${row.name} ${row.band} ${row.live} ${row.copy} ${row.meaning}`;
  keyed(list, rows, key, (row) => rowOf(row, address, remedies(row)), (node, row) => {
    text($("h3", node), row.title);
    text($(".sig-value", node), row.value);
    show($(".sig-value", node), row.value);
    text($(".sig-band b", node), row.band_words);
    text($(".sig-means", node), row.meaning);
    text($(".sig-to-do", node), row.to_do);
    show($(".sig-do", node), row.to_do);
  });
}

/**
 * @param {SignalRow} row
 * @param {(id: string) => string} address
 * @param {HTMLElement[]} remedies
 */
function rowOf(row, address, remedies) {
  return el("li", { class: "sig", "data-signal": row.name, "data-band": row.band },
    el("div", { class: "sig-head" }, el("h3"), scale(row), el("p", { class: "sig-value num small dim" })),
    crops(row, address),
    el("p", { class: "sig-means" }),
    el("div", { class: "sig-do" }, el("p", { class: "sig-to-do" }), ...remedies));
}

/** @type {Record<SignalRow["band"], string>} */
const SIGNS = { close: "check-o", unsure: "help", far: "alert", not_measurable: "dash" };

/** Three places on a line, a sign and the word: the same ink for all. @param {SignalRow} row */
function scale(row) {
  const place = ["far", "unsure", "close"].indexOf(row.band);
  return el("span", { class: "sig-band" },
    el("span", { class: "sig-scale", "aria-hidden": "true" },
      ...[0, 1, 2].map((n) => el("i", { class: n === place ? "here" : null }))),
    icon(SIGNS[row.band]), el("b"));
}

/**
 * @param {SignalRow} row
 * @param {(id: string) => string} address
 */
function crops(row, address) {
  const both = /** @type {[string | null, string][]} */ ([[row.copy, t("copie")], [row.live, t("caméra")]]);
  const pictures = both.flatMap(([id, words]) => (id ? [{ src: address(id), words }] : []));
  if (!pictures.length) return el("span", { class: "sig-crops" });
  const label = pictures.length === 2 ? t("{title} : agrandir les deux images", { title: row.title })
    : t("{title} : agrandir l’image", { title: row.title });
  const button = el("button",
    { class: "sig-crops", type: "button", "aria-label": label, on: { click: () => enlarge(row, pictures) } },
    ...pictures.map(({ src, words }) =>
      el("span", null, el("img", { src, alt: "" }), el("small", { "aria-hidden": "true" }, words))));
  attr(button, "data-shape", row.name === "portrait" || row.name === "face" ? "tall" : "wide");
  return button;
}

/**
 * @param {SignalRow} row
 * @param {{src: string, words: string}[]} pictures
 */
function enlarge(row, pictures) {
  openDialog({
    title: row.title, broad: true,
    body: [el("div", { class: "sig-whole" },
      ...pictures.map(({ src, words }) =>
        el("figure", null, el("figcaption", null, words), el("img", { src, alt: `${row.title}, ${words}` })))),
      el("p", null, row.meaning)],
  });
}
