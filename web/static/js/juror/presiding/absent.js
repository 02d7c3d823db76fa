/**
 * Who should be there and is not, told to the jury under the bar. The candidate's line is cut while their time runs:
 * the president can stop the clock there (X9; what it took: lost-time.js). Their human aid is not
 * connected: the jury knows it before it goes on (R10.1). They say that they do not hear the jury: the same pause.
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../view").Act} Act
 */
import { tell, untell } from "../../lib/banner.js";
import { serverTime } from "../../lib/clock.js";
import { hour, mmss, t } from "../../lib/i18n.js";

export class Absent {
  /** @type {{hearing: string, at: number} | null} who is away, and since when (server time) */
  #away = null;

  /**
   * @param {Context} context
   * @param {(act: Act) => void} start asks what an act needs, then sends it
   */
  constructor(context, start) {
    this.context = context;
    this.start = start;
  }

  update() {
    const { hearing, people } = this.context.view;
    if (hearing?.aid_absent) tell({
      id: "aid", kind: "warn", icon: "users", title: hearing.aid_absent,
      words: t("Rien n’empêche de continuer : la personne qui préside décide si l’on attend."),
    });
    else untell("aid");
    this.#drawSignalled();
    const candidate = people.find((person) => person.seat === hearing?.candidate.seat);
    if (this.#away && this.#away.hearing !== hearing?.id) this.#forget();
    if (!hearing?.clock || !candidate) return this.#forget();
    if (!candidate.present) this.#gone(hearing.id, candidate.first_name, hearing.clock.paused);
    else if (this.#away) this.#back(candidate.first_name, serverTime.now() - this.#away.at);
    this.#drawPresident();
  }

  /** The candidate says that the line fails them: the newest call that nobody has settled. */
  #drawSignalled() {
    const { hearing } = this.context.view;
    const call = hearing?.signalled?.at(-1);
    if (!hearing || !call) return untell("signalled");
    tell({
      id: "signalled", kind: "warn", icon: "sound",
      title: t("{name} signale : {what}.", { name: call.name, what: call.kind_words }),
      words: [
        t("À {hour}. L’organisation est prévenue.", { hour: hour(call.at) }), clockWords(hearing.clock),
      ].filter(Boolean).join(" "),
      action: hearing.clock && !hearing.clock.paused ? this.#offer("PauseClock", t("Mettre en pause")) : undefined,
    });
  }

  /**
   * @param {string} hearing
   * @param {string} name
   * @param {boolean} paused
   */
  #gone(hearing, name, paused) {
    this.#away ??= { hearing, at: serverTime.now() };
    untell("back");
    tell({
      id: "away", kind: "warn", icon: "cut", title: t("La connexion de {name} est coupée.", { name }),
      words: clockWords({ paused }),
      action: paused ? undefined : this.#offer("PauseClock", t("Mettre en pause")),
    });
  }

  /**
   * @param {string} name
   * @param {number} lasted ms
   */
  #back(name, lasted) {
    this.#away = null;
    untell("away");
    if (this.context.view.hearing?.cuts?.length) return;  // what the cut took says it
    tell({
      id: "back", kind: "info", icon: "info",
      title: t("{name} est de retour, après {time}.", { name, time: mmss(lasted) }),
      close: true, receipt: true,
    });
  }

  /** Nobody else can stop the clock. */
  #drawPresident() {
    const { hearing } = this.context.view;
    if (hearing?.missing !== "president" || this.context.presides) return untell("president-away");
    tell({
      id: "president-away", kind: "warn", icon: "cut",
      title: t("La connexion de la personne qui préside est coupée."),
      words: hearing.clock?.paused ? t("Le temps est arrêté.")
        : t("Ce que cela prend à {name} est mesuré, et pourra lui être rendu.", { name: hearing.candidate.name }),
    });
  }

  /**
   * @param {string} command
   * @param {string} words
   */
  #offer(command, words) {
    const act = this.context.offered(command);
    return act?.allowed ? { words, run: () => this.start(act) } : undefined;
  }

  #forget() {
    this.#away = null;
    untell("away");
    untell("back");
    untell("president-away");
  }
}

/** @param {{paused: boolean} | null} clock */
function clockWords(clock) {
  if (!clock) return "";
  return clock.paused ? t("Le temps est arrêté.")
    : t("Le temps court toujours : la personne qui préside peut l’arrêter.");
}
