/**
 * What the organizer has done or proposes, told to the jury under the bar: the candidate apart, an end proposed. The
 * president decides (R4.4).
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../view").Act} Act
 */
import { tell, untell } from "../../lib/banner.js";
import { hour, t } from "../../lib/i18n.js";

export class OrganizerAsks {
  /**
   * @param {Context} context
   * @param {(act: Act) => void} start asks what an act needs, then sends it
   */
  constructor(context, start) {
    this.context = context;
    this.start = start;
  }

  update() {
    this.#apart();
    this.#proposed();
  }

  #apart() {
    const { hearing } = this.context.view;
    if (!hearing?.apart) return untell("apart");
    const back = this.context.presides ? this.#offered("EndSeparation") : undefined;
    tell({
      id: "apart", kind: "warn", icon: "user",
      title: t("{name} est à l’écart depuis {hour}, à la demande de l’organisation.",
        { name: hearing.candidate.name, hour: hour(hearing.apart.at) }),
      words: [hearing.apart.words, t("L’horloge est arrêtée : rien n’est perdu.")].filter(Boolean).join(" "),
      action: back ? {
        words: t("Faire revenir"),
        run: (button) => void this.context.act(button, back.command, back.fields),
      } : undefined,
    });
  }

  #proposed() {
    const { hearing } = this.context.view;
    const proposed = hearing?.proposed;
    if (!hearing || !proposed) return untell("proposed");
    const presides = this.context.presides;
    const stops = proposed.ending === "stop";
    const act = presides ? this.#offered(stops ? "StopHearing" : "PostponeHearing") : undefined;
    tell({
      id: "proposed", kind: "warn", icon: "chat",
      title: stops ? t("{name} propose d’arrêter l’épreuve.", { name: proposed.by })
        : t("{name} propose de reporter l’épreuve.", { name: proposed.by }),
      words: [proposed.words, presides ? "" : t("La personne qui préside décide.")].filter(Boolean).join(" "),
      action: act ? { words: stops ? t("Arrêter") : t("Reporter"), run: () => this.start(act) } : undefined,
      also: presides ? {
        words: t("Continuer"),
        run: () => this.start({
          command: "DeclineEnding", label: t("Continuer"), allowed: true, why: null, warning: null, words: "required",
          fields: { hearing: hearing.id, proposal: proposed.position },
        }),
      } : undefined,
    });
  }

  /** @param {string} command */
  #offered(command) {
    const { next } = this.context.view;
    const act = this.context.offered(command) ?? (next?.command === command ? next : undefined);
    return act?.allowed ? act : undefined;
  }
}
