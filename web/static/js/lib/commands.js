/**
 * Sends a seat's acts. Each carries a key: sent again after a lost answer, it is done once and answered the same.
 *
 * @typedef {object} Answer
 * @property {boolean} ok
 * @property {number} status
 * @property {number} [position] the journal's, when done
 * @property {string} [rule] the rule that refuses: "R3.4"
 * @property {string} [field] the field that is wrong
 * @property {string} refusal in words, "" when done
 *
 * @typedef {object} Wait why an act is not done yet, while tries go on
 * @property {number} status what the server answered, 0 where nothing came of it
 * @property {string} words the server's, "" where it said none
 * @property {number} after ms that it asks to wait before the next try
 */
import { Backoff, retryAfter } from "./backoff.js";
import { t } from "./i18n.js";
import { seatPath } from "./page.js";
import { newKey, within } from "./within.js";

/** Nothing was done, and the same act may be done later: too many at once, a restart, a full disk. */
const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504, 507]);
/**
 * The same may be sent again as it is: it was not looked at, or no answer came.
 * @param {number} status 0 where none came
 */
export const mayPass = (status) => !status || AGAIN.has(status);
const ANSWER_MS = 15000;

/**
 * @param {string} command a name of evaluation/commands
 * @param {Record<string, unknown>} [fields]
 * @param {object} [options]
 * @param {string} [options.key] to send again what was sent before
 * @param {number} [options.position] the last position seen, for acts that must not be done on an old view
 * @param {(wait: Wait) => void} [options.onWaiting] told when the reason to wait is another; tries go on
 * @param {AbortSignal} [options.signal] gives up
 * @param {string} [options.path]
 * @returns {Promise<Answer>}
 */
export async function send(command, fields = {}, options = {}) {
  const key = options.key ?? newKey();
  const body = JSON.stringify({ command, ...fields });
  const backoff = new Backoff(3000);
  const hurry = () => backoff.hurry();
  /** @type {number | undefined} */
  let told;
  addEventListener("online", hurry);
  try {
    for (;;) {
      const answer = await attempt(body, key, options);
      if (!("after" in answer)) return answer;
      if (answer.status !== told) options.onWaiting?.(answer);
      told = answer.status;
      await backoff.wait(answer.after, options.signal);
      if (options.signal?.aborted) {
        return {
          ok: false, status: 0,
          refusal: answer.words || t("Votre demande est restée sans réponse : la connexion manque. "
            + "Quand elle revient, regardez la page, puis recommencez s’il le faut."),
        };
      }
    }
  } finally {
    removeEventListener("online", hurry);
  }
}

/**
 * @param {string} body
 * @param {string} key
 * @param {{position?: number, path?: string, signal?: AbortSignal}} options
 * @returns {Promise<Answer | Wait>}
 */
async function attempt(body, key, options) {
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": key };
  if (options.position !== undefined) headers["X-Position"] = String(options.position);
  try {
    const response = await fetch(options.path ?? `${seatPath}commands`, {
      method: "POST", headers, body, signal: within(ANSWER_MS, options.signal),
    });
    const said = await response.json().catch(() => ({}));
    if (!AGAIN.has(response.status)) return answerOf(response.status, said);
    const [words, after] = [said.refusal ?? "", retryAfter(response)];
    // Without a word of the server's it is a proxy that speaks: the line to the server is gone.
    return { status: words || after ? response.status : 0, words, after };
  } catch {
    return { status: 0, words: "", after: 0 };
  }
}

/**
 * @param {number} status
 * @param {Record<string, any>} body
 * @returns {Answer}
 */
export function answerOf(status, body) {
  if (status >= 200 && status < 300) return { ok: true, status, position: body.position, refusal: "" };
  const otherwise = status === 401 ? t("Votre lien n’est plus ouvert ici. Rechargez la page, "
    + "ou rouvrez le lien reçu par courriel.")
    : status === 403 ? t("Ce n’est pas possible depuis votre place en ce moment. Rien n’a été changé.")
      : status === 409 ? t("La situation a changé entre-temps. Regardez la page, puis recommencez.")
        : t("Le serveur n’a pas accepté cette demande ({status}). Rien n’a été changé. "
          + "Recommencez, ou demandez de l’aide.",
          { status });
  return { ok: false, status, rule: body.rule, field: body.field, refusal: body.refusal || otherwise };
}
