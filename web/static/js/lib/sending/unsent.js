/**
 * How much of this page waits for the server: left now, it is sent only once the link is opened again in this browser.
 * Whoever keeps something says how much.
 *
 *   countUnsent(() => outbox.waiting.length);
 *   unsent()
 */

/** @type {Set<() => number>} */
const counts = new Set();

/** @param {() => number} count */
export function countUnsent(count) {
  counts.add(count);
}

export function unsent() {
  return [...counts].reduce((sum, count) => sum + count(), 0);
}
