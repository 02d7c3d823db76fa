/**
 * What this person has closed of their own camera and microphone. It is the person's word, not a track's nor a page's:
 * it holds for whatever device comes next, after a reload, in another tab, and in the browser that takes the seat over.
 * The server keeps it (view.d.ts, `Closed`); this browser keeps what it knows, so that what was closed while the line
 * was cut is closed after a reload too.
 *
 *   const closed = new ClosedDevices().follow(stream);
 *   closed.has("audioinput"); closed.set("audioinput", true); closed.onChange(() => …);
 *
 * @typedef {import("../view").Closed} Closed
 * @typedef {"videoinput" | "audioinput"} Kind
 * @typedef {Pick<Storage, "getItem" | "setItem">} Store
 * @typedef {Partial<Record<"camera" | "microphone", boolean>>} Presses
 */
import { Backoff } from "./backoff.js";
import { firstView, seatPath } from "./page.js";
import { answerOf, post } from "./sending/post.js";

/** @type {Record<Kind, "camera" | "microphone">} */
const NAMES = { videoinput: "camera", audioinput: "microphone" };
const KEPT = `closed ${seatPath}`;
const ANSWER_MS = 8000;
const WAIT_MOST_MS = 3000;
const NOTHING = { camera: false, microphone: false, version: -1 };

export class ClosedDevices {
  /** @type {Closed} */
  #known = NOTHING;
  /** What was pressed here and the server does not know yet. @type {Presses} */
  #pressed = {};
  /** The same of another tab, until the server tells of it. @type {Presses} */
  #heard = {};
  #store;
  #send;
  #sending = false;
  #backoff = new Backoff(WAIT_MOST_MS);
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /**
   * @param {object} [options]
   * @param {Closed | undefined} [options.told] by the server, with the page
   * @param {Store | null} [options.store] null: nothing is kept
   * @param {((presses: Presses) => Promise<Closed | "out" | null>) | null} [options.send] null: nobody is told
   */
  constructor({ told = firstView?.closed, store = ofBrowser(), send = tellSeat } = {}) {
    this.#store = store;
    this.#send = send;
    this.#newer(told);
    const left = this.#read();
    this.#newer(left);
    // A page that ended before the server knew: what it closed stays closed, what it opened is to be opened again.
    if (left) this.#pressed = closings(left, this.#known);
    globalThis.addEventListener?.("storage", (event) => event.key === KEPT && this.#hear());
    globalThis.addEventListener?.("online", () => this.#backoff.hurry());
    void this.#tellServer();
  }

  /** Keeps up with what other pages of the seat have changed. @param {import("./stream.js").RoomStream} stream */
  follow(stream) {
    stream.onView(({ closed }) => this.learn(closed))
      .onLine(({ state }) => { if (state === "open") this.#backoff.hurry(); });
    return this;
  }

  /** @param {Kind} kind */
  has(kind) {
    const name = NAMES[kind];
    return this.#pressed[name] ?? this.#heard[name] ?? this.#known[name];
  }

  /** Holds at once; the server is told until it knows. @param {Kind} kind @param {boolean} closed */
  set(kind, closed) {
    this.#changing(() => {
      this.#pressed = { ...this.#pressed, [NAMES[kind]]: closed };
    });
    this.#keep();
    void this.#tellServer();
  }

  /** What the server says; older news than what is known here is none. @param {Closed | undefined} told */
  learn(told) {
    this.#changing(() => this.#newer(told));
    this.#keep();
  }

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
    return this;
  }

  /** @param {Closed | null | undefined} told */
  #newer(told) {
    if (!told || told.version <= this.#known.version) return;
    this.#known = { camera: told.camera, microphone: told.microphone, version: told.version };
    this.#heard = {};
  }

  /** Another tab of this seat has pressed, or has been told. */
  #hear() {
    const told = this.#read();
    if (!told) return;
    this.#changing(() => {
      this.#newer(told);
      if (told.version === this.#known.version) this.#heard = told.pressed;
    });
  }

  async #tellServer() {
    if (this.#sending || !this.#send) return;
    this.#sending = true;
    while (Object.keys(this.#pressed).length) {
      const sent = this.#pressed;
      const told = await this.#send(sent);
      if (told === "out") break;
      if (told) {
        this.#backoff.reset();
        this.#changing(() => {
          // Pressed again meanwhile: that is still to be told.
          this.#pressed = Object.fromEntries(Object.entries(this.#pressed)
            .filter(([name, value]) => sent[/** @type {"camera"} */ (name)] !== value));
          this.#newer(told);
        });
        this.#keep();
      } else await this.#backoff.wait();
    }
    this.#sending = false;
  }

  /** @param {() => void} change */
  #changing(change) {
    const before = [this.has("videoinput"), this.has("audioinput")];
    change();
    if (before[0] === this.has("videoinput") && before[1] === this.has("audioinput")) return;
    for (const listener of this.#listeners) listener();
  }

  /** @returns {Closed & {pressed: Presses} | null} */
  #read() {
    try {
      const { camera, microphone, version, pressed } = JSON.parse(this.#store?.getItem(KEPT) ?? "null");
      return {
        camera: Boolean(camera), microphone: Boolean(microphone), version: Number(version) || 0, pressed: pressed ?? {},
      };
    } catch {
      return null;
    }
  }

  #keep() {
    try {
      const words = JSON.stringify({ ...this.#known, pressed: this.#pressed });
      if (this.#store && this.#store.getItem(KEPT) !== words) this.#store.setItem(KEPT, words);
    } catch {
      // No room, or none allowed: the server keeps it.
    }
  }
}

/** Where no seat is: what is closed is closed as long as the page is open. */
export function closedHere() {
  return new ClosedDevices({ told: undefined, store: null, send: null });
}

/**
 * A newer word counts about the device it was about: one about the camera opens no microphone.
 * @param {Closed & {pressed: Presses}} left
 * @param {Closed} known
 * @returns {Presses}
 */
function closings({ pressed, ...then }, known) {
  return Object.fromEntries(Object.values(NAMES)
    .filter((name) => pressed[name] === true && then[name] === known[name])
    .map((name) => [name, true]));
}

/** @returns {Store | null} null where the browser has none to give */
function ofBrowser() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/**
 * Outlives the page: closed and left at once is closed.
 * @param {Presses} presses
 * @returns {Promise<Closed | "out" | null>} out: this browser holds the seat no more; null: it did not arrive
 */
async function tellSeat(presses) {
  const { status, body } = await post(`${seatPath}closed`, { ...presses }, { keepalive: true, most: ANSWER_MS });
  if (status === 401) return "out";
  return answerOf(status, body).ok && "version" in body ? /** @type {any} */ (body) : null;
}
