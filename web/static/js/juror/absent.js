/**
 * Who should be there and is not, told to the jury under the bar. The candidate's line is cut while their time runs: the
 * president can stop the clock there, and give the time back once they are here again (X9). Their human aid is not
 * connected: the jury knows it before it goes on (R10.1).
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("../view").Act} Act
 */
import { tell, untell } from "../lib/banner.js";
import { serverTime } from "../lib/clock.js";
import { mmss, t } from "../lib/i18n.js";

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
    if (hearing?.aid_absent) tell({ id: "aid", kind: "warn", icon: "users", title: hearing.aid_absent, words: t("Rien n’empêche de continuer : la personne qui préside décide si l’on attend.") });
    else untell("aid");
    const candidate = people.find((person) => person.seat === hearing?.candidate.seat);
    if (this.#away && this.#away.hearing !== hearing?.id) this.#forget();
    if (!hearing?.clock || !candidate) return this.#forget();
    if (!candidate.present) this.#gone(hearing.id, candidate.first_name, hearing.clock.paused);
    else if (this.#away) this.#back(candidate.first_name, serverTime.now() - this.#away.at);
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
      words: paused ? t("Le temps est arrêté.") : t("Le temps court toujours : la personne qui préside peut l’arrêter."),
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
    tell({
      id: "back", kind: "info", icon: "info", title: t("{name} est de retour, après {time}.", { name, time: mmss(lasted) }),
      words: t("Ce qui a couru sans pause peut lui être rendu."), close: true, action: this.#offer("GiveBackTime", t("Rendre du temps")),
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
  }
}
