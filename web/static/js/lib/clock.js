/**
 * The server's clock, shown here. The offset is measured over the shortest round trip of a few (GET /clock), as NTP
 * does, and held on the monotonic clock: a change of the computer's hour does not move it, nor does a lost line.
 *
 * @typedef {import("../view").Clock} PhaseClock
 * @typedef {object} Reading all in ms
 * @property {number} elapsed time run in this phase
 * @property {number} total what the phase may last
 * @property {number} remaining 0 when over
 * @property {number} over what was overrun
 * @property {boolean} paused
 * @property {number} pausedFor
 */

const SAMPLES = 3;
const AGAIN_MS = 120000;
/** A reading is wrong by half its round trip at most; one longer than this is taken again soon. */
const GOOD_TRIP_MS = 150;
const SOON_MS = 3000;
/** How often what shows time is redrawn: finer than the eye's patience for seconds, coarse enough to cost nothing. */
const TICK_MS = 100;

export class ServerTime {
  #offset = 0;
  #best = Infinity;
  #monotonic;

  /** @param {() => number} monotonic ms, never going back */
  constructor(monotonic = () => performance.timeOrigin + performance.now()) {
    this.#monotonic = monotonic;
  }

  /** Server time now, ms since the epoch. */
  now() {
    return this.#monotonic() + this.#offset;
  }

  /**
   * A reading of the server's clock, made between `sent` and `received` of the monotonic clock.
   * @param {number} server
   * @param {number} sent
   * @param {number} [received]
   */
  sample(server, sent, received = this.#monotonic()) {
    const trip = received - sent;
    if (trip > this.#best) return;
    this.#best = trip;
    this.#offset = server + trip / 2 - received;
  }

  /** A reading whose way is not known: used until a measured one comes. @param {number} server */
  hint(server) {
    if (this.#best === Infinity) this.#offset = server - this.#monotonic();
  }

  /** Forget how good the last reading was: the computer slept, or time has passed. */
  stale() {
    this.#best = Infinity;
  }

  /** @param {string} address */
  async measure(address = "/clock") {
    /** @type {{now: number, sent: number, received: number}[]} */
    const taken = [];
    for (let i = 0; i < SAMPLES; i += 1) {
      const sent = this.#monotonic();
      try {
        const response = await fetch(address, { cache: "no-store" });
        const received = this.#monotonic();
        if (response.ok) taken.push({ now: (await response.json()).now, sent, received });
      } catch {
        break;
      }
    }
    if (!taken.length) return;
    this.stale();
    for (const one of taken) this.sample(one.now, one.sent, one.received);
  }

  /** Whether the last reading came back too slowly to be trusted to a fifth of a second. */
  get rough() {
    return this.#best > GOOD_TRIP_MS;
  }
}

/** The one clock of the page. */
export const serverTime = new ServerTime();

/**
 * What a phase's clock says at a moment. `ceiling` is what the phase may last, extra time (R10.1) and time given back
 * (X9) included.
 * @param {PhaseClock} clock
 * @param {number} now server time
 * @returns {Reading}
 */
export function reading(clock, now) {
  const elapsed = clock.elapsed + (clock.paused ? 0 : Math.max(0, now - clock.read_at));
  const left = clock.ceiling - elapsed;
  return {
    elapsed, total: clock.ceiling, remaining: Math.max(0, left), over: Math.max(0, -left), paused: clock.paused,
    pausedFor: clock.paused && clock.paused_since !== null ? Math.max(0, now - clock.paused_since) : 0,
  };
}

/** @type {Set<(now: number) => void>} */
const tickers = new Set();
let running = false;

/**
 * Calls `listener` ten times a second with the server's time: one timer for the whole page.
 * @param {(now: number) => void} listener
 * @returns {() => void} stops it
 */
export function everyTick(listener) {
  tickers.add(listener);
  if (!running) {
    running = true;
    setInterval(() => { for (const one of tickers) one(serverTime.now()); }, TICK_MS);
    setInterval(() => void serverTime.measure(), AGAIN_MS);
    setInterval(() => serverTime.rough && void serverTime.measure(), SOON_MS);
    document.addEventListener("visibilitychange", () => document.hidden || void serverTime.measure());
    void serverTime.measure();
  }
  listener(serverTime.now());
  return () => tickers.delete(listener);
}
