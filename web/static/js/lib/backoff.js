/** Waiting between two tries: longer each time, never in step with the others, and cut short when the line is back. */

const FIRST_MS = 200;
/** Whatever a server asks for, a page tries again within this. */
const ASKED_MOST_MS = 600000;

export class Backoff {
  #tries = 0;
  #most;
  /** @type {(() => void) | null} */
  #wake = null;

  /** @param {number} most the longest wait in ms */
  constructor(most = 3000) {
    this.#most = most;
  }

  reset() {
    this.#tries = 0;
  }

  /** Ends the present wait at once: something says that it may work now. What the server asked for is waited for. */
  hurry() {
    this.#tries = 0;
    this.#wake?.();
  }

  /**
   * @param {number} [asked] what the server asked for, in ms: the wait is no shorter
   * @param {AbortSignal} [signal] ends it
   * @returns {Promise<void>}
   */
  wait(asked = 0, signal) {
    const ceiling = Math.min(this.#most, FIRST_MS * 2 ** this.#tries);
    const least = performance.now() + asked;
    this.#tries += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(done, asked + ceiling * (0.5 + Math.random() / 2));
      const backoff = this;
      function done() {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        backoff.#wake = null;
        resolve();
      }
      this.#wake = () => { if (performance.now() >= least) done(); };
      if (signal?.aborted) done();
      signal?.addEventListener("abort", done);
    });
  }
}

/**
 * How long an answer asks to wait before the next try, in ms (`Retry-After`, RFC 9110 §10.2.3: seconds or a date).
 * @param {Response} response
 */
export function retryAfter(response) {
  const said = response.headers.get("Retry-After") ?? "";
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isFinite(ms) ? Math.min(ASKED_MOST_MS, Math.max(0, ms)) : 0;
}
