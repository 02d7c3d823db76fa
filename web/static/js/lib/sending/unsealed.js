/** Entries not sealed yet, in this tab alone: sealing takes a moment, and a page may be left within it. */

const AHEAD = "unsealed ";

/** Of a seat that has ended. @param {string} owner */
export function forgetUnsealed(owner) {
  new Ahead(owner).clear();
}

/**
 * The entries that are being sealed: sessionStorage writes at once, where a page that is left has no time to wait.
 * @template {{slot: string, key: string, order: number}} T
 */
export class Ahead {
  #name;

  /** @param {string} owner */
  constructor(owner) {
    this.#name = AHEAD + owner;
  }

  /** @returns {T[]} */
  all() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#name) ?? "[]");
    } catch {
      return [];
    }
  }

  /** @param {T} entry */
  set(entry) {
    this.#keep([...this.all().filter((one) => one.slot !== entry.slot), entry]);
  }

  /** @param {string} slot @param {string} key */
  delete(slot, key) {
    this.#keep(this.all().filter((one) => one.slot !== slot || one.key !== key));
  }

  clear() {
    this.#keep([]);
  }

  /** @param {T[]} entries */
  #keep(entries) {
    try {
      if (entries.length) sessionStorage.setItem(this.#name, JSON.stringify(entries));
      else sessionStorage.removeItem(this.#name);
    } catch {
      // No room, or none allowed: it is kept once it is sealed.
    }
  }
}
