/**
 * Sends a body of some size, tells how far it has come, and gives up what does not move: a line may be dead for minutes
 * before a browser notices. What had not left whole is tried again; what had, the server may have kept.
 *
 * @typedef {object} Sent
 * @property {number} status of the answer, 0 where none came
 * @property {any} body of the answer
 * @property {boolean} whole all of it had left
 *
 * @typedef {object} Told
 * @property {(share: number) => void} [onProgress] 0 to 1
 * @property {string} [key] an idempotency key: what arrived is kept once, however often it is sent
 * @property {(tries: number) => void} [onAgain] given up, and about to be tried for the second, third … time
 */
import { Backoff } from "../backoff.js";
import { settings } from "../page.js";

/**
 * @param {string} address
 * @param {FormData} body
 * @param {Told} [told]
 * @param {import("../page.js").Sending} [limits]
 * @returns {Promise<Sent>}
 */
export async function sendBody(address, body, told = {}, limits = settings.sending) {
  const backoff = new Backoff();
  for (let tries = 1; ; tries += 1) {
    const sent = await attempt(address, body, told, limits);
    if (sent.status || sent.whole || tries >= limits.tries) return sent;
    told.onAgain?.(tries + 1);
    await backoff.wait();
  }
}

/**
 * @param {string} address
 * @param {FormData} body
 * @param {Told} told
 * @param {import("../page.js").Sending} limits
 * @returns {Promise<Sent>}
 */
function attempt(address, body, { onProgress, key }, limits) {
  return new Promise((resolve) => {
    // fetch tells nothing of what has been sent so far.
    const request = new XMLHttpRequest();
    let whole = false;
    let most = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const within = (/** @type {number} */ ms) => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), ms);
    };
    const done = (/** @type {number} */ status) => {
      clearTimeout(timer);
      resolve({ status, body: (status && request.response) || {}, whole });
    };
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    if (key) request.setRequestHeader("Idempotency-Key", key);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => {
      if (loaded > most) within(limits.stalled_ms);
      most = Math.max(most, loaded);
      onProgress?.(total ? loaded / total : 0);
    };
    request.upload.onload = () => {
      whole = true;
      within(limits.answer_ms);
    };
    request.onload = () => done(request.status);
    request.onerror = () => done(0);
    request.onabort = () => done(0);
    within(limits.stalled_ms);
    request.send(body);
  });
}
