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

/**
 * @typedef {{stalled_ms: number, answer_ms: number, tries: number}} Sending how an upload is given up (config.toml,
 *   [uploads])
 * @typedef {object} TryOut how the way to the server is tried (config.toml, [try_out]), and how sharp a card must be
 * @property {string} seat
 * @property {number} sharpness
 * @property {number} connect_ms
 * @property {number} settle_ms
 * @property {number} measure_ms
 * @typedef {object} Settings
 * @property {Sending} sending
 * @property {string} seal the key of what this seat keeps in the browser, "" for none
 * @property {{face: number, behind: number}} light the least light on a face, and the most behind it (lib/light.js)
 * @property {TryOut} try_out
 */

/** A page has those that it needs. @type {Settings} */
export const settings = {
  sending: { stalled_ms: 0, answer_ms: 0, tries: 1 }, seal: "", light: { face: 0, behind: 255 },
  try_out: { seat: "", sharpness: 0, connect_ms: 0, settle_ms: 0, measure_ms: 0 },
  ...block("settings", {}),
};

/** @type {RTCIceServer[]} */
export const iceServers = block("ice-servers", []);

// Every page's module imports this one: where it runs, all of them have been read (able.js asks).
globalThis.document?.documentElement?.setAttribute("data-started", "");
