/**
 * Beside the table: the result per block with its reasons (R3.7), the outcome, and what remains to be done.
 * @typedef {import("../../view").Deliberation} Deliberation
 * @typedef {import("../../view").BlockOutcome} BlockOutcome
 * @typedef {import("../context.js").Context} Context
 */
import { $, attr, classes, el, icon, keyed, setIcon, show, text } from "../../lib/dom.js";
import { official, t } from "../../lib/i18n.js";
import { standing } from "./consensus.js";

const SIGNS = {
  acquired: ["check", "ok"], not_acquired: ["dash", ""], disputed: ["flag", "warn"], open: ["clock", "warn"],
};

export class Outcome {
  /**
   * @param {Context} context
   * @param {(place: string) => void} go
   */
  constructor(context, go) {
    this.context = context;
    this.go = go;
  }

  /** @param {Deliberation} deliberation */
  update(deliberation) {
    text($("#outcome-state"), deliberation.complete ? t("Résultat du consensus") : t("En l’état"));
    text($("#outcome-words"), deliberation.outcome_words);
    keyed($("#outcome-blocks"), deliberation.blocks, (one) => one.code, () => el("div", { class: "result" },
      el("h3", { ...official }), el("span", { class: "state" }, icon("clock"), el("span")),
      el("ul", { class: "small" }), el("strong", { class: "num j-count" }), el("ul", { class: "five" })),
    (node, block) => this.#block(node, block, deliberation));
    show($("#missing-box"), deliberation.missing.length);
    keyed($("#missing"), deliberation.missing, (one) => `${one.anchor} ${one.what}`, (one) => {
      const link = el("a", { href: one.anchor }, one.what);
      link.addEventListener("click", (event) => { event.preventDefault(); this.go(one.anchor); });
      return el("li", null, icon("clock"), link);
    });
  }

  /**
   * @param {HTMLElement} node
   * @param {BlockOutcome} block
   * @param {Deliberation} deliberation
   */
  #block(node, block, deliberation) {
    attr(node, "id", `result-${block.code}`);
    attr(node, "data-validated", String(block.validated));
    text($("h3", node), `${block.code}. ${block.title}`);
    const state = $(".state", node);
    const [sign, kind, words] = block.kept ? ["check-o", "ok", t("Conservé")]
      : block.validated === null ? ["clock", "warn", t("En attente")]
        : block.validated ? ["check-o", "ok", t("Validé")] : ["x", "bad", t("Non validé")];
    setIcon($("svg", state), sign);
    for (const one of ["ok", "warn", "bad"]) classes(state, { [one]: one === kind });
    text($("span", state), words);
    keyed($("ul", node), block.reasons.map((reason) => ({ reason })), ({ reason }) => reason,
      ({ reason }) => el("li", null, reason));
    text($(".j-count", node),
      block.kept ? "" : t("{acquired} sur {total}", { acquired: block.acquired, total: block.total }));
    const competencies = this.context.hearing.blocks?.find((one) => one.code === block.code)?.competencies ?? [];
    const mandatory = competencies.filter((one) => one.mandatory && !block.kept);
    keyed($(".five", node), mandatory, (one) => one.code,
      (one) => el("li", null,
        el("span", { class: "tag" }, icon("clock"), el("span", { class: "vh" }), el("span", null, one.code))),
      (chip, one) => {
        const at = standing(deliberation.rows.find((row) => row.competency === one.code));
        const tag = $(".tag", chip);
        classes(tag, { ok: at === "acquired", warn: SIGNS[at][1] === "warn" });
        setIcon($("svg", tag), SIGNS[at][0]);
        text($(".vh", tag),
          {
            acquired: t("obligatoire, acquise :"), not_acquired: t("obligatoire, non acquise :"),
            disputed: t("obligatoire, en désaccord :"), open: t("obligatoire, sans consensus :"),
          }[at]);
      });
  }
}
