/**
 * The president's welcome (R3.2): the reminder of four points, the attendance sheet, and what follows a refusal (R6.3).
 * @typedef {import("../../view").Hearing} Hearing
 * @typedef {import("../context.js").Context} Context
 */
import { $, attr, classes, el, icon, keyed, setIcon, show, text } from "../../lib/dom.js";
import { Draft } from "../../lib/drafts.js";
import { hhmm, official, officialNote, t } from "../../lib/i18n.js";
import { chips, lacking } from "../../lib/sending/ask.js";

export class Welcome {
  /** What the president has to do next is shown, whatever they had scrolled to. */
  #shown = "";

  /** @param {Context} context */
  constructor(context) {
    this.context = context;
  }

  update() {
    const { hearing, presides } = this.context;
    const begun = hearing.gate !== null && hearing.gate !== "identity";
    const refused = hearing.refusals;
    show($("#welcome"), begun || refused.length);
    show($("#reminder"), begun);
    const { name } = hearing.candidate;
    const note = presides
      ? t("Dites chaque point à voix haute, puis cochez-le. La feuille s’ouvre alors sur l’écran de {name}.", { name })
      : t("{president} rappelle ces points ; la feuille s’ouvre ensuite sur l’écran de {name}.",
        { president: this.context.president, name });
    text($("#reminder-note"), [note, officialNote()].filter(Boolean).join(" "));
    this.#reminder(hearing);
    this.#gates(hearing);
    const next = presides && begun ? hearing.id : "";
    if (next && next !== this.#shown) requestAnimationFrame(() => $("#welcome").scrollIntoView({ block: "start" }));
    this.#shown = next;
    keyed($("#refusal-forms"), presides ? refused : [], (gate) => `${hearing.id}/${gate}/${changed(hearing, gate)}`,
      (gate) => this.#form(gate));
  }

  /** @param {Hearing} hearing */
  #reminder(hearing) {
    const open = this.context.may("CheckReminder");
    keyed($("#reminder"), hearing.reminder.map((one, point) => ({ ...one, point })),
      ({ point }) => `${hearing.id}/${point}`, ({ point }) => {
      const box = el("input", { type: "checkbox", id: `reminder-${point}`, "data-act": "CheckReminder" });
      const line = el("li", null, el("label", { class: "opt" }, box, el("span", { ...official })));
      box.addEventListener("change", async () => {
        const said = box.checked;
        const answer = await this.context.act(box, "CheckReminder", { point, said }, $("#reminder-refusal"));
        if (answer && !answer.ok) box.checked = !said;
      });
      return line;
    }, (node, { words, said }) => {
      const box = /** @type {HTMLInputElement} */ ($("input", node));
      text($("span", node), words);
      if (box.getAttribute("aria-busy") !== "true") box.checked = said;
      box.disabled = !open;
    });
  }

  /** @param {Hearing} hearing */
  #gates(hearing) {
    const { sheet } = hearing;
    const states = {
      not_yet: [t("après le rappel"), "clock", ""],
      due: [t("à signer sur l’écran de {name}", { name: hearing.candidate.name }), "pen", "warn"],
      signed: [t("signée à {hour}", { hour: sheet.signed_at ? hhmm(sheet.signed_at) : "" }), "check-o", "ok"],
      refused: [t("refusée : décidez de la suite"), "stop", "warn"],
      waived: [t("non signée, avec une réserve"), "alert", "warn"],
    };
    const [words, sign, kind] = states[sheet.state];
    const rows = hearing.gate ? [{ words, sign, kind }] : [];
    keyed($("#gates"), rows, () => "sheet",
      () => el("li", { class: "row", id: "sheet-state" }, el("b", { class: "grow" }, t("Feuille de présence")),
      el("span", { class: "state" }, icon("clock"), el("span"))), (node, row) => {
      const state = $(".state", node);
      classes(state, { ok: row.kind === "ok", warn: row.kind === "warn" });
      setIcon($("svg", state), row.sign);
      text($("span", state), row.words);
    });
  }

  /** @param {import("../../view").Gate} gate */
  #form(gate) {
    const after = changed(this.context.hearing, gate);
    const course = chips(`refusal-${gate}`, [
      ["retry", after ? t("Accepter ce changement d’avis") : t("Proposer à nouveau")],
      ["reserve", t("Continuer avec une réserve")], ["stop", t("Arrêter l’épreuve")],
    ]);
    const area = el("textarea", { id: `refusal-words-${gate}`, rows: 2, required: true });
    const draft = new Draft(`refusal ${gate}`, this.context.hearing.id);
    draft.keep(area);
    const button = el("button", { class: "btn main", type: "submit", "data-act": "DecideRefusal" },
      t("Enregistrer ma décision"));
    const near = el("div", { class: "j-near" });
    const form = el("form", { class: "card stack", id: `refusal-form-${gate}`, novalidate: true },
      el("div", null,
        el("h3", null,
          gate === "sheet" ? t("La feuille de présence est refusée") : t("Le message de prévention est refusé")),
        after && el("p", null, gate === "sheet" ? t("Elle a été signée depuis.") : t("Il a été confirmé depuis.")),
        el("p", { class: "small dim" },
          t("Un incident est écrit au dossier avec vos mots. "
            + "Avec une réserve, la certification attend que ce point soit réglé."))),
      course.node,
      el("div", { class: "field" },
        el("label", { for: area.id }, t("Les faits et vos raisons"), " ",
          el("span", { class: "dim" }, t("(obligatoire)"))),
        area),
      near, el("div", { class: "row" }, button));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const words = area.value.trim();
      const why = !course.value ? t("Dites ce que vous décidez.")
        : !words ? t("Écrivez les faits et vos raisons : ils entrent au dossier.")
          : "";
      lacking(near, why);
      attr(area, "aria-invalid", why && !words ? "true" : null);
      const answer = why ? undefined
        : await this.context.act(button, "DecideRefusal", { gate, course: course.value, words }, near);
      if (answer?.ok) draft.clear();
    });
    return form;
  }
}

/**
 * Has the candidate since done what they had refused? The refusal is still the president's to decide on (R6.3).
 * @param {Hearing} hearing
 * @param {import("../../view").Gate} gate
 */
function changed(hearing, gate) {
  return gate === "sheet" ? hearing.sheet.state === "signed" : hearing.prevention === "acknowledged";
}
