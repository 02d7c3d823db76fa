/** Waiting between two tries: longer each time, never in step with the others, and cut short when the line is back. */

const FIRST_MS = 200;

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

  /** Ends the present wait at once: something says that it may work now. */
  hurry() {
    this.#tries = 0;
    this.#wake?.();
  }

  /** @returns {Promise<void>} */
  wait() {
    const ceiling = Math.min(this.#most, FIRST_MS * 2 ** this.#tries);
    this.#tries += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(done, ceiling * (0.5 + Math.random() / 2));
      const backoff = this;
      function done() {
        clearTimeout(timer);
        backoff.#wake = null;
        resolve();
      }
      this.#wake = done;
    });
  }
}
