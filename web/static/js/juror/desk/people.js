/**
 * The jury and its day: who presides (R3.1), who is here, the candidates, and recusing oneself (R1.4).
 * @typedef {import("../../view").View} View
 * @typedef {import("../../view").Person} Person
 * @typedef {import("../context.js").Context} Context
 */
import { tell, untell } from "../../lib/banner.js";
import { $, attr, classes, el, icon, keyed, setIcon, show, text } from "../../lib/dom.js";
import { hour, t } from "../../lib/i18n.js";
import { juryOf, roleOf } from "../../lib/role.js";
import { ask } from "../../lib/sending/ask.js";
import { questionFor } from "../acts.js";


export class People {
  /**
   * @param {Context} context
   * @param {(place: string) => void} go
   */
  constructor(context, go) {
    this.context = context;
    $("#jury-decide").addEventListener("click", () => go("#welcome"));
  }

  update() {
    const { view } = this.context;
    this.#president(view);
    this.#candidate(view);
    show($("#jury-recused"), view.seat.recused);
    keyed($("#here"), view.people, (person) => person.seat, () => el("li", null,
      el("span", { class: "seat", "aria-hidden": "true" }), el("div", { class: "grow" }, el("b"), el("small")),
      el("span", { class: "state" }, icon("check-o"), el("span"))), here);
    keyed($("#day"), view.day, (one) => one.id, (one) => this.#dayRow(one.id),
      (node, one) => this.#updateDay(node, one));
  }

  /** @param {View} view */
  #president(view) {
    const president = view.people.find((person) => person.president);
    const { choices: seats, votes } = view.designation ?? { choices: [], votes: {} };
    show($("#president-card"), seats.length);
    if (president && !president.present && view.jury.includes(view.seat.seat)) {
      tell({ id: "president", kind: "warn", icon: "users", title: t("{name} n’est plus là.", { name: president.name }),
        words: t("Si cela dure, les deux autres membres du jury peuvent désigner qui préside à sa place, "
          + "dans l’onglet Jury."),
      });
    } else untell("president");
    text($("#president-title"), president ? t("Désignez qui préside maintenant") : t("Désignez qui préside le jury"));
    const choices = view.people.filter((person) => seats.includes(person.seat));
    keyed($("#president-choices"), choices, (person) => person.seat, (person) => this.#choice(person.seat),
      (node, person) => {
        const own = votes[view.seat.seat] === person.seat;
        const from = Object.keys(votes)
          .filter((seat) => votes[seat] === person.seat)
          .map((seat) => (seat === view.seat.seat ? t("vous") : this.context.shortName(seat)));
        text($("b", node), person.you ? t("{name} (vous)", { name: person.name }) : person.name);
        text($("small", node), person.role_words);
        text($("p", node), from.length ? t("Voix reçues : {names}", { names: from.join(", ") }) : t("Personne encore"));
        const button = $("button", node);
        attr(button, "aria-pressed", String(own));
        classes(button, { main: !own });
        text($("span", button), own ? t("Votre choix") : t("Choisir {name}", { name: person.first_name }));
      });
  }

  /** @param {string} seat */
  #choice(seat) {
    const button = el("button",
      { class: "btn", type: "button", id: `designate-${seat}`, "data-act": "DesignatePresident" }, el("span"));
    button.addEventListener("click",
      () => void this.context.act(button, "DesignatePresident", { choice: seat }, $("#president-refusal")));
    return el("div", { class: "j-choice", "data-seat": seat },
      el("div", { class: "grow" }, el("b"), el("small"), el("p", { class: "small dim" })), button);
  }

  /** What is awaited of the candidate before the call. @param {View} view */
  #candidate({ hearing }) {
    const before = hearing?.stage === "to_call";
    show($("#jury-candidate"), before);
    show($("#jury-refused"), before && hearing?.refusals.includes("prevention") && this.context.presides);
    if (!hearing || !before) return;
    const name = hearing.candidate.name;
    text($("#jury-candidate-words"), hearing.waiting ? t("{name} est dans la salle d’attente.", { name })
      : hearing.candidate.present ? t("{name} se prépare : règles et essai de la caméra.", { name })
        : t("{name} n’est pas encore là. Convocation à {hour}.", { name, hour: hour(hearing.starts_at) }));
    text($("#jury-candidate-extra"), hearing.extra_words ?? "");
  }

  /** @param {string} hearing */
  #dayRow(hearing) {
    const button = el("button", { class: "btn", type: "button", "data-act": "Recuse", id: `recuse-${hearing}` },
      t("Me récuser"));
    button.addEventListener("click", () => {
      const row = this.context.view.day.find((one) => one.id === hearing);
      const question = row?.recuse && questionFor(row.recuse, this.context);
      if (question) {
        void ask({
          ...question, title: t("Vous récuser pour {name}", { name: row.name }), command: "Recuse", fields: { hearing },
        });
      }
    });
    return el("li", null, el("time", { class: "num" }), el("div", { class: "grow" }, el("b"), el("small")),
      el("span", { class: "tag info" }, icon("next"), t("en cours")), button);
  }

  /**
   * @param {HTMLElement} node
   * @param {View["day"][number]} one
   */
  #updateDay(node, one) {
    text($("time", node), hour(one.starts_at));
    text($("b", node), one.name);
    text($("small", node), one.phase_words);
    show($(".tag", node), one.current);
    classes(node, { now: one.current });
    show($("button", node), one.recuse);
    attr($("button", node), "aria-label", t("Me récuser pour {name}", { name: one.name }));
  }
}

/**
 * @param {HTMLElement} node
 * @param {Person} person
 */
function here(node, person) {
  text($(".seat", node), person.initials);
  text($("b", node), person.you ? t("{name} (vous)", { name: person.name }) : person.name);
  text($("small", node), roleOf(person));
  const state = $(".state", node);
  classes(state, { ok: person.present && !person.recused, warn: person.recused });
  setIcon($("svg", state), person.recused ? "alert" : person.present ? "check-o" : "clock");
  text($("span", state), person.recused ? t("récusation") : person.present ? t("là") : t("pas encore là"));
}

/** @param {View} view how many jurors are here, in words */
export function jurorsHere(view) {
  const jurors = juryOf(view);
  const n = jurors.filter((person) => person.present).length;
  return t("Jury présent : {n} sur {total}", { n, total: jurors.length });
}
