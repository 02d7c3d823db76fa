/**
 * What somebody has typed and not sent yet: kept in this tab alone (sessionStorage), through reloads and closed
 * dialogs, until it is sent. It never goes to the server, and nothing of it is left once the seat has ended.
 *
 *   const draft = new Draft("help");
 *   draft.keep(area);                        // gives the words back, then follows what is typed
 *   if (answer.ok) draft.clear();
 *
 * @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Store
 */
import { seatPath } from "./page.js";

const KEPT = "drafts ";
/** Phases of an examination about which nothing more is written. */

/** @returns {Store | null} null where the browser has none to give */
function here() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/**
 * @param {string} seat
 * @returns {Record<string, unknown>}
 */
function all(seat) {
  try {
    return Object.assign(Object.create(null), JSON.parse(here()?.getItem(KEPT + seat) ?? "{}"));
  } catch {
    return {};
  }
}

/**
 * @param {string} seat
 * @param {Record<string, unknown>} drafts
 */
function keepAll(seat, drafts) {
  try {
    if (Object.keys(drafts).length) here()?.setItem(KEPT + seat, JSON.stringify(drafts));
    else here()?.removeItem(KEPT + seat);
  } catch {
    // No room, or none allowed: what is typed then lasts as long as the page, as without drafts.
  }
}

/** @template T */
export class Draft {
  #name;
  #seat;

  /**
   * @param {string} what is being written
   * @param {string} [hearing] the one it is about
   * @param {string} [seat]
   */
  constructor(what, hearing = "", seat = seatPath) {
    this.#name = `${hearing}/${what}`;
    this.#seat = seat;
  }

  /** @returns {T | undefined} */
  get() {
    return /** @type {T | undefined} */ (all(this.#seat)[this.#name]);
  }

  /** @param {T} value "" is nothing to keep */
  set(value) {
    if (value === "") return this.clear();
    keepAll(this.#seat, Object.assign(all(this.#seat), { [this.#name]: value }));
  }

  clear() {
    const drafts = all(this.#seat);
    if (!(this.#name in drafts)) return;
    delete drafts[this.#name];
    keepAll(this.#seat, drafts);
  }

  /**
   * Gives a text field the words left for it, unless it has some, and keeps what is typed there from now on.
   * @param {HTMLTextAreaElement | HTMLInputElement} field
   * @returns {boolean} whether words were given back
   */
  keep(field) {
    const left = this.get();
    const given = typeof left === "string" && !field.value;
    if (given) field.value = left;
    field.addEventListener("input", () => this.set(/** @type {T} */ (field.value)));
    return given;
  }
}

/** The seat has ended, or is not this browser's any more. @param {string} [seat] */
export function forgetDrafts(seat = seatPath) {
  keepAll(seat, {});
}

/**
 * What a view shows to be over needs its drafts no more: everything once the session is closed, what was written about
 * one examination once that one is over.
 * @param {{session: {closed: boolean}, day: {id: string, stage: string}[]}} view
 * @param {string} [seat]
 */
export function forgetOver({ session, day }, seat = seatPath) {
  if (session.closed) return forgetDrafts(seat);
  const over = day.filter((one) => one.stage === "over").map((one) => `${one.id}/`);
  const drafts = all(seat);
  const left = Object.entries(drafts).filter(([name]) => !over.some((hearing) => name.startsWith(hearing)));
  if (left.length < Object.keys(drafts).length) keepAll(seat, Object.fromEntries(left));
}
