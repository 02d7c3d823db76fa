/**
 * What the server wrote into this page: its JSON blocks and its seat.
 * @typedef {import("../view").View} View
 */

/**
 * @template T
 * @param {string} id
 * @param {T} otherwise
 * @returns {T}
 */
export function block(id, otherwise) {
  const node = globalThis.document?.getElementById(id);
  return node?.textContent ? JSON.parse(node.textContent) : otherwise;
}

/** "/seat/ID/": every address of this seat begins with it. */
export const seatPath = globalThis.document?.body?.dataset.seatPath ?? "/";

/** The view the page was drawn with, null where the page has none. */
export const firstView = /** @type {View | null} */ (block("view", null));

/** @type {RTCIceServer[]} */
export const iceServers = block("ice-servers", []);

// Every page's module imports this one: where it runs, all of them have been read (able.js asks).
globalThis.document?.documentElement?.setAttribute("data-started", "");
