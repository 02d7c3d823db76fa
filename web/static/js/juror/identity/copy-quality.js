/**
 * What was seen on a supplied copy, and the button of a person who accepts it as it is (R6.2).
 * @typedef {import("../../view").DocumentView} DocumentView
 */
import { $, el, icon, keyed, show, text } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";

/**
 * @param {HTMLElement} box
 * @param {DocumentView[]} copies
 * @param {(button: HTMLElement, document: string) => void} accept
 * @param {(document: string, page: number) => string} [pictureOf] where nothing else shows the copies: the address of
 *   a page of one, to look at before accepting; each then says which side it is
 */
export function drawQuality(box, copies, accept, pictureOf) {
  keyed(box, copies, (one) => `${one.id} ${Boolean(one.accepted_by)}`, (one) => {
    const button = el("button", { class: "btn", type: "button", "data-act": "AcceptCopy", "data-document": one.id },
      icon("check"), t("Accepter cette copie"));
    button.addEventListener("click", () => accept(button, one.id));
    return el("div", { class: "note copy-seen" }, icon(one.accepted_by ? "check-o" : "info"),
      el("div", { class: "grow" }, el("strong"), el("p"), el("ul")),
      ...(pictureOf ? pages(one, pictureOf) : []), button);
  }, (node, one) => {
    const findings = one.quality?.findings ?? [];
    const words = one.accepted_by ? t("Copie acceptée par {name}.", { name: one.accepted_by })
      : findings.length ? t("Sur cette copie :")
        : one.quality?.words ?? "";
    text($("strong", node), pictureOf ? one.title : "");
    text($("p", node), words);
    keyed($("ul", node), findings, (found) => found.code, () => el("li"), (line, found) => text(line, found.words));
    show($("button", node), !one.accepted_by && !one.decided);
  });
}

/**
 * @param {DocumentView} one
 * @param {(document: string, page: number) => string} pictureOf
 */
function pages(one, pictureOf) {
  return Array.from({ length: one.pages }, (_none, n) => el("a",
    { class: "btn", href: pictureOf(one.id, n + 1), target: "_blank", rel: "noopener" },
    icon("eye"), one.pages > 1 ? t("Voir la page {n}", { n: n + 1 }) : t("Voir la copie")));
}
