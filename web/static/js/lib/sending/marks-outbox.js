/**
 * Grades and notes on their way to the server: kept in the browser (sealed, in IndexedDB) until the server has
 * acknowledged them, through reloads and lost lines. One entry per slot (a competency's mark, a hearing's note): the
 * newest wins.
 *
 *   const outbox = await Outbox.open();
 *   outbox.onChange((slot, entry) => …outbox.words(entry)…);
 *   await outbox.put("SetMark", { hearing, competency, mark });
 *
 * @typedef {object} Entry
 * @property {string} slot
 * @property {string} command
 * @property {Record<string, unknown>} fields
 * @property {string} key idempotency key
 * @property {number} order
 * @property {"waiting" | "saved" | "refused"} state
 * @property {number} at when it came to this state, ms since the epoch
 * @property {number} [position] where the journal has it: a view of an earlier position does not show it yet
 * @property {string} [refusal] why the server refused it, in words
 *
 * @typedef {import("./commands.js").Wait} Wait
 */
import { hhmm, t } from "../i18n.js";
import { seatPath } from "../page.js";
import { newKey } from "../within.js";
import { own } from "./commands.js";
import { openShelf } from "./shelf.js";

/** The session changed too fast for the server to take it in (409): one's own marks and notes are still as meant. */
const AGAIN_MS = 250;

/** Commands about the same thing share a slot: a mark cleared after being set must not be set again. */
const FAMILY = new Map([["ClearMark", "SetMark"], ["ReopenGrid", "CloseGrid"]]);

/**
 * @param {string} command
 * @param {Record<string, unknown>} fields
 */
export function slotOf(command, fields) {
  const family = FAMILY.get(command) ?? command;
  return [fields.hearing ?? "", family, fields.competency ?? fields.point ?? ""].join("/");
}

export class Outbox {
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  #shelf;
  #sender;
  #order = 0;
  #running = false;
  /** The session is closed: nothing of this seat stays in the browser once what waits has been answered. */
  #over = false;
  /** @type {Wait | null} why the last try came to nothing */
  #wait = null;
  /** The seat's cookie is gone: what waits is kept for when the link has been opened again. */
  #shut = false;
  /** @type {Set<string>} keys of entries that another page made: it may still be open, and send or replace them */
  #found = new Set();
  /** @type {Set<string>} keys of entries that were sent again after a 409 */
  #again = new Set();
  /** @type {Set<(slot: string, entry: Entry) => void>} */
  #listeners = new Set();
  /** @type {Set<(wait: Wait | null) => void>} */
  #waiters = new Set();

  /**
   * @param {import("./shelf.js").Shelf<Entry>} shelf where entries last
   * @param {import("./commands.js").Sender} sender one tab at a time sends for its seat
   */
  constructor(shelf, sender = own) {
    this.#shelf = shelf;
    this.#sender = sender;
  }

  /** The outbox of this page's seat, with what an earlier page left in it. */
  static async open() {
    const outbox = new Outbox(await openShelf(seatPath));
    await outbox.resume();
    addEventListener("online", () => outbox.flush());
    return outbox;
  }

  /** Is what is kept here safe from closing the browser? If not, say so. */
  get durable() {
    return this.#shelf.durable;
  }

  /** Takes up what was left, and sends it. */
  async resume() {
    for (const entry of await this.#shelf.all()) {
      if (!this.#entries.has(entry.slot)) this.#take(entry);
      this.#order = Math.max(this.#order, entry.order);
    }
    this.flush();
  }

  /** @param {(slot: string, entry: Entry) => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
    for (const [slot, entry] of this.#entries) listener(slot, entry);
  }

  /** Why what is here waits; null: it does not, or no more. @param {(wait: Wait | null) => void} listener */
  onWait(listener) {
    this.#waiters.add(listener);
  }

  /** @param {string} slot */
  get(slot) {
    return this.#entries.get(slot);
  }

  /** What the server has not acknowledged. */
  get waiting() {
    return [...this.#entries.values()].filter((entry) => entry.state === "waiting");
  }

  /**
   * Keeps, then sends. Returns once it is kept here; rejects when the browser could not keep it (it is sent all the
   * same).
   * @param {string} command
   * @param {Record<string, unknown>} fields
   */
  async put(command, fields) {
    this.#order += 1;
    /** @type {Entry} */
    const entry = {
      slot: slotOf(command, fields), command, fields, key: newKey(), order: this.#order, state: "waiting",
      at: Date.now(),
    };
    this.#tell(entry);
    try {
      await this.#shelf.put(entry);
    } finally {
      this.flush();
    }
    return entry;
  }

  /** Nothing more will come: what waits is sent, then everything here is forgotten. */
  end() {
    if (this.#over) return;
    this.#over = true;
    this.flush();
  }

  /** Sends what waits, in order, one at a time. */
  flush() {
    if (this.#running) return;
    this.#running = true;
    const again = () => {
      this.#running = false;
      if (this.waiting.length && !this.#shut) this.flush();
    };
    // A browser that gives no turn (a page that is being left) is not asked again at once.
    void this.#oneTab(() => this.#drain()).then(again, () => setTimeout(again, AGAIN_MS));
  }

  /** @param {Entry} entry */
  words(entry) {
    if (entry.state === "saved") return t("enregistré {hour}", { hour: hhmm(entry.at) });
    if (entry.state === "refused") return entry.refusal ?? "";
    if (this.#wait?.status) return t("en attente du serveur");
    return this.late ? t("en attente de réseau") : t("enregistrement…");
  }

  /** What waits, waits for the network or the server; else it is being saved. */
  get late() {
    return this.#wait !== null || globalThis.navigator?.onLine === false;
  }

  /** @param {Wait | null} wait */
  #waits(wait) {
    if (this.#wait === wait) return;
    this.#wait = wait;
    for (const entry of this.waiting) this.#tell(entry);
    for (const listener of this.#waiters) listener(wait);
  }

  async #drain() {
    for (;;) {
      const entry = this.waiting.sort((a, b) => a.order - b.order)[0];
      if (!entry) {
        if (this.#over) await this.#shelf.clear().catch(() => {});
        return;
      }
      if (this.#found.has(entry.key) && !(await this.#stillWaits(entry))) continue;
      const answer = await this.#sender.send(entry.command, entry.fields, {
        key: entry.key, onWaiting: (wait) => this.#waits(wait),
      });
      this.#waits(null);
      if (answer.status === 401) {
        this.#shut = true;
        return;
      }
      if (answer.status === 409 && !this.#again.has(entry.key)) {
        this.#again.add(entry.key);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        continue;
      }
      // A shelf that breaks keeps nothing back: what the server has acknowledged is saved.
      if (answer.ok) await this.#shelf.remove(entry.slot, entry.key).catch(() => {});
      // Replaced while it was on its way: the newer one waits for its own turn.
      if (this.#entries.get(entry.slot)?.key !== entry.key) continue;
      const now = { ...entry, at: Date.now() };
      if (answer.ok) this.#tell({ ...now, state: "saved", position: answer.position });
      else {
        const refused = /** @type {Entry} */ ({ ...now, state: "refused", refusal: answer.refusal });
        this.#tell(refused);
        await this.#shelf.put(refused).catch(() => {});
      }
    }
  }

  /**
   * Another tab's older mark must not be sent after its newer one: what lies on the shelf holds.
   * @param {Entry} entry
   */
  async #stillWaits(entry) {
    const kept = await this.#shelf.all().catch(() => [entry]);
    const lying = kept.find((one) => one.slot === entry.slot);
    if (lying?.key === entry.key && lying.state === "waiting") return true;
    if (this.#entries.get(entry.slot)?.key !== entry.key) return false;
    if (lying) this.#take(lying);
    else this.#tell({ ...entry, state: "saved", at: Date.now() });
    return false;
  }

  /** @param {Entry} entry */
  #take(entry) {
    this.#found.add(entry.key);
    this.#tell(entry);
  }

  /** @param {() => Promise<void>} work */
  async #oneTab(work) {
    if (typeof navigator === "undefined" || !navigator.locks) return work();
    return navigator.locks.request(`outbox ${this.#sender.seat}`, work);
  }

  /** @param {Entry} entry */
  #tell(entry) {
    this.#entries.set(entry.slot, entry);
    for (const listener of this.#listeners) listener(entry.slot, entry);
  }
}
