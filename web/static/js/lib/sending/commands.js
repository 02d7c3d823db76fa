/**
 * The one way an act leaves the browser: `POST …/commands` of a seat. Each act carries a key: sent again after a lost
 * answer, it is done once and answered the same. Tries go on, further apart each time, until there is an answer or the
 * sender gives up.
 *
 * What is more than that lies in layers over a `Sender`: a button and its refusal (act.js), words asked for first
 * (ask.js), marks that outlive the page (marks-outbox.js), a decision on what was seen (juror/fresh.js).
 *
 * @typedef {import("./post.js").Answer} Answer
 *
 * @typedef {object} Wait why an act is not done yet, while tries go on
 * @property {number} status what the server answered, 0 where nothing came of it
 * @property {string} words the server's, "" where it said none
 * @property {number} after ms that it asks to wait before the next try
 *
 * @typedef {object} Sending
 * @property {string} [key] to send again what was sent before
 * @property {number} [position] the last position seen, for acts that must not be done on an old view
 * @property {(wait: Wait) => void} [onWaiting] told when the reason to wait is another; tries go on
 * @property {AbortSignal} [signal] gives up
 *
 * @typedef {object} Sender
 * @property {string} seat whose acts it sends: "/seat/ID/"
 * @property {(command: string, fields?: Record<string, unknown>, options?: Sending) => Promise<Answer>} send `command`:
 *   a name of evaluation/session
 */
import { Backoff } from "../backoff.js";
import { t } from "../i18n.js";
import { seatPath } from "../page.js";
import { newKey } from "../within.js";
import { answerOf, post } from "./post.js";

/** Nothing was done, and the same act may be done later: too many at once, a restart, a full disk. */
const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504, 507]);

/** The longest wait between two tries, where the server asks for no longer one. */
const WAIT_MOST_MS = 3000;

/**
 * The same may be sent again as it is: it was not looked at, or no answer came.
 * @param {number} status 0 where none came
 */
export const mayPass = (status) => !status || AGAIN.has(status);

/** @implements {Sender} */
export class Commands {
  /** @param {string} seat */
  constructor(seat = seatPath) {
    this.seat = seat;
  }

  /**
   * @param {string} command
   * @param {Record<string, unknown>} [fields]
   * @param {Sending} [options]
   * @returns {Promise<Answer>}
   */
  async send(command, fields = {}, { key = newKey(), position, onWaiting, signal } = {}) {
    const headers = { "Idempotency-Key": key, ...(position === undefined ? {} : { "X-Position": String(position) }) };
    const backoff = new Backoff(WAIT_MOST_MS);
    const hurry = () => backoff.hurry();
    /** @type {number | undefined} */
    let told;
    addEventListener("online", hurry);
    try {
      for (;;) {
        const answer = await this.#attempt({ command, ...fields }, headers, signal);
        if (!("after" in answer)) return answer;
        if (answer.status !== told) onWaiting?.(answer);
        told = answer.status;
        await backoff.wait(answer.after, signal);
        if (signal?.aborted) return givenUp(answer);
      }
    } finally {
      removeEventListener("online", hurry);
    }
  }

  /**
   * @param {Record<string, unknown>} body
   * @param {Record<string, string>} headers
   * @param {AbortSignal | undefined} signal
   * @returns {Promise<Answer | Wait>}
   */
  async #attempt(body, headers, signal) {
    const { status, body: said, after } = await post(`${this.seat}commands`, body, { headers, signal });
    if (!mayPass(status)) return answerOf(status, said);
    const words = said.refusal ?? "";
    // Without a word of the server's it is a proxy that speaks: the line to the server is gone.
    return { status: words || after ? status : 0, words, after };
  }
}

/** This seat's. */
export const own = new Commands();

/** @param {Wait} wait @returns {Answer} */
function givenUp({ words }) {
  const refusal = words || t("Votre demande est restée sans réponse : la connexion manque. "
    + "Quand elle revient, regardez la page, puis recommencez s’il le faut.");
  return { ok: false, status: 0, refusal };
}
