/**
 * The deliberation: the table, the result, the recommendations, the signatures, and what can stop it.
 * @typedef {import("../../view").Deliberation} Deliberation
 * @typedef {import("../context.js").Context} Context
 */
import { $, attr, classes, content, el, icon, keyed, setIcon, show, text } from "../../lib/dom.js";
import { hhmm, quoted, t } from "../../lib/i18n.js";
import { ask } from "../../lib/sending/ask.js";
import { questionFor } from "../acts.js";
import { Agree } from "./agree.js";
import { Outcome } from "./outcome.js";
import { Recommend } from "./recommend.js";

export class Council {
  /**
   * @param {Context} context
   * @param {(place: string) => void} go
   */
  constructor(context, go) {
    this.context = context;
    this.parts = [new Agree(context), new Outcome(context, go), new Recommend(context)];
    for (const [id, command] of /** @type {const} */ ([
      ["sign", "SignDeliberation"], ["refuse-signature", "RefuseSignature"], ["suspend", "SuspendDeliberation"],
    ])) {
      $(`#${id}`).addEventListener("click", () => this.#ask(command));
    }
    $("#dispute").addEventListener("click", () => this.#dispute());
    $("#council-designate").addEventListener("click", () => go("#president-card"));
    const resume = $("#resume-deliberation");
    resume.addEventListener("click", () => void context.act(resume, "ResumeDeliberation", {}, $("#council-refusal")));
  }

  update() {
    const { deliberation } = this.context.hearing;
    if (!deliberation) return;
    for (const part of this.parts) part.update(deliberation);
    show($("#council-president"), !this.context.view.people.some((person) => person.president && person.present));
    show($("#council-suspended"), deliberation.suspended);
    show($("#resume-deliberation"), this.context.may("ResumeDeliberation"));
    show($("#council-frozen"), deliberation.frozen);
    show($("#suspend"), this.context.offered("SuspendDeliberation"));
    show($("#dispute"), deliberation.to_dispute.length);
    this.#signatures(deliberation);
  }

  /** @param {Deliberation} deliberation */
  #signatures(deliberation) {
    const { view } = this.context;
    keyed($("#sign-list"), deliberation.signatures, (one) => one.seat,
      (one) => el("li", { class: "sign", id: `sign-${one.seat}`, tabindex: -1 },
      el("span", { class: "seat", "aria-hidden": "true" }),
      el("div", { class: "grow" }, el("strong"), el("p", { class: "small dim" }), el("p", { class: "j-said" })),
      el("span", { class: "state" }, icon("clock"), el("span"))), (node, one) => {
      const person = view.people.find((someone) => someone.seat === one.seat);
      text($(".seat", node), person?.initials);
      text($("strong", node), person?.you ? t("{name} (vous)", { name: person.name }) : person?.name);
      text($("p", node),
        [person?.role_words, person?.president && t("préside, signe en dernier")].filter(Boolean).join(", "));
      const said = $(".j-said", node);
      show(said, one.words);
      text(said, quoted(one.words));
      const state = $(".state", node);
      classes(state, { ok: one.signed_at && !one.refused, warn: one.refused });
      setIcon($("svg", state), one.refused ? "stop" : one.signed_at ? "check-o" : "clock");
      text($("span", state),
        one.refused ? t("refuse de signer")
          : one.signed_at ? t("signé à {hour}", { hour: hhmm(one.signed_at) })
            : t("pas encore signé"));
    });
    const act = deliberation.sign;
    const sign = $("#sign");
    const focused = !act && document.activeElement === sign;
    show(sign, act);
    attr(sign, "aria-disabled", act?.allowed ? null : "true");
    show($("#refuse-signature"), this.context.offered("RefuseSignature"));
    const why = $("#sign-why");
    const words = act?.why ?? "";
    show(why, words);
    content(why, words, () => (words ? [icon("lock"), el("span", null, words)] : []));
    if (focused) $("#sign-title").focus();
  }

  /** @param {string} command */
  #ask(command) {
    const act = command === "SignDeliberation" ? this.context.hearing.deliberation?.sign
      : this.context.offered(command);
    const question = act?.allowed && questionFor(act, this.context);
    if (question) void ask({ ...question, command, fields: { hearing: this.context.hearing.id } });
  }

  /** R3.6: without consensus, each position goes to the certification jury. */
  #dispute() {
    const { deliberation, id } = this.context.hearing;
    const boxes = (deliberation?.to_dispute ?? []).map((code) =>
      el("input", { type: "checkbox", value: code, id: `dispute-${code}` }));
    const competencies = () => boxes.filter((box) => box.checked).map((box) => box.value);
    void ask({
      title: t("Constater un désaccord"), yes: t("Transmettre le désaccord"), command: "DeclareDispute",
      fields: { hearing: id }, by: this.context.decided("DeclareDispute", { inDialog: true }),
      words: [t("Il n’y a ni vote ni voix prépondérante. Sans consensus, la position de chacun part au jury de "
        + "certification, qui décidera.")],
      body: [el("fieldset", { class: "j-options" }, el("legend", { class: "label" }, t("Sur quelles compétences ?")),
        ...boxes.map((box) => el("label", { class: "opt" }, box, el("span", null, box.value))))],
      reason: "required", label: t("Ce qui vous sépare"),
      collect: () => (competencies().length ? { competencies: competencies() } : t("Cochez au moins une compétence.")),
    });
  }
}
