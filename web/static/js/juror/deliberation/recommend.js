/**
 * The recommendations per block and for the whole (R3.8). Nothing is chosen beforehand; another one than the computed
 * result needs words (X7).
 * @typedef {import("../../view").Deliberation} Deliberation
 * @typedef {import("../context.js").Context} Context
 */
import { $, attr, el, icon, keyed, show, text } from "../../lib/dom.js";
import { Draft } from "../../lib/drafts.js";
import { official, quoted, t } from "../../lib/i18n.js";
import { chips, lacking } from "../../lib/sending/ask.js";
import { textToShow } from "../grid/marks.js";
import { adviceWords, advicesOf, departs } from "./consensus.js";

/** @typedef {{node: HTMLElement, update: (deliberation: Deliberation) => void}} Form */

export class Recommend {
  /** @type {Map<string, Form>} */
  #forms = new Map();

  /** @param {Context} context */
  constructor(context) {
    this.context = context;
  }

  /** @param {Deliberation} deliberation */
  update(deliberation) {
    const { hearing, presides } = this.context;
    text($("#reco-note"), !deliberation.settled ? t("Elles viennent après le consensus.")
      : presides ? t("Vous les écrivez au nom du jury ; vos collègues les lisent ici avant de signer. "
        + "Si une note change, elles sont à refaire.")
        : t("{name} les écrit au nom du jury. Relisez-les avant de signer.", { name: this.context.president }));
    const titles = new Map(deliberation.blocks.map(({ code, title }) => [code, `${code}. ${title}`]));
    const whole = t("Pour l’ensemble : {certification}", {
      certification: this.context.view.session.short_certification,
    });
    const places = deliberation.places.map(({ block }) => ({
      block, title: block === null ? whole : titles.get(block) ?? block,
    }));
    keyed($("#reco-list"), places, ({ block }) => `${hearing.id}/${block ?? ""}`, ({ block, title }) => {
      const form = this.#form(block, title, advicesOf(deliberation, block));
      this.#forms.set(block ?? "", form);
      return form.node;
    }, (_node, { block }) => this.#forms.get(block ?? "")?.update(deliberation));
    show($("#reco-list"), deliberation.settled || deliberation.recommendations.length);
    attr($("#reco-list"), "data-open", String(deliberation.advises));
  }

  /**
   * @param {string | null} block
   * @param {string} title
   * @param {import("../../view").OfferedAdvice[]} offered
   * @returns {Form}
   */
  #form(block, title, offered) {
    const id = block ?? "whole";
    const choice = chips(`advice-${id}`, offered.map((one) => [one.advice, one.words]));
    attr(choice.node, "aria-label", title);
    const why = el("span", { class: "dim" });
    const area = el("textarea", { id: `advice-words-${id}`, rows: 2 });
    const draft = new Draft(`advice ${id}`, this.context.hearing.id);
    draft.keep(area);
    const button = el("button", { class: "btn", type: "submit", "data-act": "Recommend", id: `advice-send-${id}` },
      t("Enregistrer"));
    const near = el("div", { class: "j-near" });
    const saved = el("p", { class: "state ok", hidden: true }, icon("check-o"), el("span"));
    const fields = el("div", { class: "j-reco-fields" }, choice.node,
      el("div", { class: "field" }, el("label", { for: area.id }, t("Commentaire"), " ", why), area),
      el("div", { class: "row" }, button), near);
    const node = el("form", { class: "j-reco", id: `recommend-${id}`, tabindex: -1, novalidate: true },
      el("h3", { ...(block ? official : {}) }, title), saved, el("p", { class: "j-said", hidden: true }), fields);
    const draw = () => {
      const { deliberation } = this.context.hearing;
      text(why,
        deliberation && choice.value && departs(deliberation, block, choice.value)
          ? t("(obligatoire : autre que le résultat calculé)")
          : t("(facultatif)"));
    };
    node.addEventListener("change", draw);
    node.addEventListener("submit",
      (event) => { event.preventDefault(); void this.#send(block, choice.value, area, button, near); });
    let last = "";
    /** The comment that the field last had from the server. */
    let base = "";
    const update = (/** @type {Deliberation} */ deliberation) => {
      const given = deliberation.recommendations.find((one) => one.block === block);
      const open = deliberation.advises;
      show(fields, open);
      show(saved, given);
      text($("span", saved),
        given ? [adviceWords(deliberation, block, given.advice),
          given.departs && `(${t("autre que le résultat calculé")})`].filter(Boolean).join(" ") : "");
      const said = $(".j-said", node);
      show(said, given?.words && !open);
      text(said, quoted(given?.words));
      const now = given ? `${given.advice} ${given.words ?? ""}` : "";
      if (now !== last && given) {
        choice.value = given.advice;
        const held = given.words ?? "";
        area.value = textToShow({ field: area.value, base, held, focused: document.activeElement === area });
        base = held;
        if (area.value.trim() === held) draft.clear();
      }
      // A recommendation that a changed mark has cleared is made anew, from nothing but its words.
      if (!now && last) choice.value = "";
      last = now;
      draw();
    };
    return { node, update };
  }

  /**
   * @param {string | null} block
   * @param {string} advice
   * @param {HTMLTextAreaElement} area
   * @param {HTMLElement} button
   * @param {HTMLElement} near
   */
  async #send(block, advice, area, button, near) {
    const { deliberation } = this.context.hearing;
    const words = area.value.trim();
    const lacks = advice && deliberation && departs(deliberation, block, advice) && !words;
    lacking(near,
      !advice ? t("Choisissez d’abord votre préconisation.")
        : lacks ? t("Votre préconisation s’écarte du résultat calculé : écrivez pourquoi.")
          : "");
    attr(area, "aria-invalid", lacks ? "true" : null);
    if (lacks) area.focus();
    if (advice && !lacks) {
      await this.context.act(button, "Recommend", { block, advice, ...(words ? { words } : {}) }, near);
    }
  }
}
