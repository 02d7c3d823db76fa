/**
 * What every part of the juror's page shares: the view as it stands, the outbox, and the way to act about its hearing.
 * @typedef {import("../view").View} View
 * @typedef {import("../view").Hearing} Hearing
 * @typedef {import("../view").Act} Act
 * @typedef {import("../lib/sending/marks-outbox.js").Outbox} Outbox
 * @typedef {import("../lib/sending/marks-outbox.js").Entry} Entry
 */
import { actBegins } from "../lib/banner.js";
import { t } from "../lib/i18n.js";
import { act } from "../lib/sending/act.js";
import { own } from "../lib/sending/commands.js";
import { Decided, Turns, isDecided } from "./fresh.js";

/** Acts about the day, not about a candidate. */
const OF_THE_DAY = new Set(["DesignatePresident", "CloseSession"]);

export class Context {
  /** @type {View} */
  view;
  #turns = new Turns();
  /** @type {Outbox} */
  outbox;
  /** @type {Map<string, Entry>} the newest entry of each slot, whatever its state */
  entries = new Map();

  /**
   * @param {View} view
   * @param {Outbox} outbox
   */
  constructor(view, outbox) {
    this.view = view;
    this.outbox = outbox;
  }

  /** @returns {Hearing} the candidate's the page is about; asked for only where there is one */
  get hearing() {
    if (!this.view.hearing) throw new Error("no hearing");
    return this.view.hearing;
  }

  get me() {
    return this.view.seat.seat;
  }

  get presides() {
    return this.view.seat.president;
  }

  /**
   * @param {string} command
   * @param {Record<string, unknown>} [fields] those that tell which one is meant
   * @returns {Act | undefined} as the server offers it now
   */
  offered(command, fields = {}) {
    return this.view.acts.find((one) => one.command === command
      && Object.entries(fields).every(([name, value]) => !(name in one.fields) || one.fields[name] === value));
  }

  /** @param {string} command an act about this hearing that would not be refused to this seat now */
  may(command) {
    return Boolean(this.view.hearing?.may.includes(command));
  }

  /** Who presides for this candidate, by name; where nobody does, the jury. */
  get president() {
    return this.view.people.find((person) => person.president)?.name ?? t("Le jury");
  }

  /** @param {string} seat */
  nameOf(seat) {
    return this.view.people.find((person) => person.seat === seat)?.name ?? "";
  }

  /** The first name, or "Vous". @param {string} seat */
  shortName(seat) {
    return seat === this.me ? t("Vous") : this.view.people.find((person) => person.seat === seat)?.first_name ?? "";
  }

  /**
   * Sends an act about this hearing from a button; a refusal is shown beside it, or at the end of `near`.
   * @param {HTMLElement} button
   * @param {string} command
   * @param {Record<string, unknown>} [fields]
   * @param {HTMLElement} [near]
   */
  async act(button, command, fields = {}, near) {
    const hearing = this.view.hearing && !OF_THE_DAY.has(command) ? { hearing: this.view.hearing.id } : {};
    const answer = await act(button, command, { ...hearing, ...fields },
      { near, by: isDecided(command) ? this.decided(command) : own });
    this.did(answer);
    return answer;
  }

  /**
   * What this person has just done is no news to what they decide next.
   * @param {{position?: number} | undefined} answer of the server
   */
  did(answer) {
    this.#turns.did(answer);
  }

  /**
   * What a decision made now is made on.
   * @param {string} command
   * @param {{inDialog?: boolean}} [options]
   */
  decided(command, { inDialog = false } = {}) {
    return new Decided(command, this, { turns: this.#turns, inDialog });
  }

  /**
   * Keeps a mark, a note or a tick, and sends it. Whether it is saved is shown where it was made.
   * @param {string} command
   * @param {Record<string, unknown>} fields
   */
  keep(command, fields) {
    actBegins();
    this.outbox.put(command, fields).catch(() => undefined);
  }
}
