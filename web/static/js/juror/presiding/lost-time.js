/**
 * What a cut of the line took of the candidate's time, told under the bar until the president has decided on it: given
 * back as measured by one press, or another figure with its words (X9). More than half lost: again, or another day.
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../view").Act} Act
 * @typedef {import("../../view").CutView} Cut
 */
import { tell, untell } from "../../lib/banner.js";
import { mmss, t } from "../../lib/i18n.js";

export class LostTime {
  /** @type {Set<number>} */
  #told = new Set();
  /** @type {Set<number>} closed by this person, to be decided on or not */
  #closed = new Set();

  /**
   * @param {Context} context
   * @param {(act: Act) => void} start asks what an act needs, then sends it
   */
  constructor(context, start) {
    this.context = context;
    this.start = start;
  }

  update() {
    const { hearing } = this.context.view;
    this.#half(Boolean(hearing?.lost_over_half));
    const cuts = hearing?.lost_over_half ? [] : hearing?.cuts ?? [];
    for (const position of this.#told) if (!cuts.some((one) => one.position === position)) this.#over(position);
    for (const cut of cuts) if (!this.#closed.has(cut.position)) this.#tell(cut);
  }

  /** @param {number} position */
  #over(position) {
    this.#told.delete(position);
    untell(idOf(position));
  }

  /** @param {Cut} cut */
  #tell(cut) {
    const act = this.context.presides ? this.context.offered("GiveBackTime") : undefined;
    const time = mmss(cut.seconds * 1000);
    this.#told.add(cut.position);
    tell({
      id: idOf(cut.position), kind: "info", icon: "clock", title: cut.words, close: !act?.allowed,
      onClose: () => void this.#closed.add(cut.position),
      words: act?.allowed ? t("Rendez ce temps comme il a été mesuré, ou une autre durée en disant pourquoi.")
        : t("La personne qui préside peut rendre ce temps."),
      action: act?.allowed ? {
        words: t("Rendre {time}", { time }),
        run: (button) => void this.context.act(button, act.command,
          { ...act.fields, seconds: cut.seconds, cut: cut.position }),
      } : undefined,
      also: act?.allowed ? {
        words: t("Autre durée"),
        run: () => this.start({ ...act, fields: { ...act.fields, cut: cut.position } }),
      } : undefined,
    });
  }

  /** @param {boolean} lost */
  #half(lost) {
    if (!lost) return untell("half");
    const again = this.context.offered("RestartAttempt") ?? this.#next("RestartAttempt");
    const later = this.context.offered("PostponeHearing");
    const presides = this.context.presides;
    tell({
      id: "half", kind: "warn", icon: "clock", title: t("Plus de la moitié du temps de l’épreuve a été perdue."),
      words: presides
        ? t("Recommencez maintenant, ou reportez à un autre jour. Dans les deux cas ce premier essai ne compte pas, "
          + "et un dossier est ouvert pour la panne.")
        : t("La personne qui préside recommence l’épreuve ou la reporte. Ce premier essai ne compte pas."),
      action: presides && again ? { words: t("Recommencer"), run: () => this.start(again) } : undefined,
      also: presides && later ? { words: t("Reporter"), run: () => this.start(later) } : undefined,
    });
  }

  /** The bar's own act. @param {string} command */
  #next(command) {
    const { next } = this.context.view;
    return next?.command === command ? next : undefined;
  }
}

/** @param {number} position */
function idOf(position) {
  return `cut-${position}`;
}
