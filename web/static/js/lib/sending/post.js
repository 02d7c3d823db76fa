/**
 * One POST to the server, tried once, and what came of it. What is sent again, and when, is for the layers above.
 *
 * @typedef {object} Posted
 * @property {number} status of the answer, 0 where none came
 * @property {Record<string, any>} body of the answer, empty where it had none that can be read
 * @property {number} after ms that the server asks to wait before the next try
 *
 * @typedef {object} Answer
 * @property {boolean} ok
 * @property {number} status
 * @property {number} [position] the journal's, when done
 * @property {string} [rule] the rule that refuses: "R3.4"
 * @property {string} [field] the field that is wrong
 * @property {string} refusal in words, "" when done
 */
import { retryAfter } from "../backoff.js";
import { t } from "../i18n.js";
import { within } from "../within.js";

const ANSWER_MS = 15000;

/**
 * @param {string} address
 * @param {Record<string, unknown>} body
 * @param {object} [options]
 * @param {Record<string, string>} [options.headers] besides the usual ones
 * @param {AbortSignal} [options.signal] gives up
 * @param {number} [options.most] ms until an answer
 * @param {boolean} [options.keepalive] outlives the page
 * @returns {Promise<Posted>}
 */
export async function post(address, body, { headers = {}, signal, most = ANSWER_MS, keepalive = false } = {}) {
  try {
    const response = await fetch(address, {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
      body: JSON.stringify(body), keepalive, signal: within(most, signal),
    });
    return {
      status: response.status, body: await response.json().catch(() => ({})), after: retryAfter(response),
    };
  } catch {
    return { status: 0, body: {}, after: 0 };
  }
}

/**
 * @param {number} status
 * @param {Record<string, any>} body
 * @param {string} [otherwise] the refusal, where the server gives no words
 * @returns {Answer}
 */
export function answerOf(status, body, otherwise = wordsOf(status)) {
  if (status >= 200 && status < 300) return { ok: true, status, position: body.position, refusal: "" };
  return { ok: false, status, rule: body.rule, field: body.field, refusal: body.refusal || otherwise };
}

/** @param {number} status */
function wordsOf(status) {
  switch (status) {
    case 401: return t("Votre lien n’est plus ouvert ici. Rechargez la page, ou rouvrez le lien reçu par courriel.");
    case 403: return t("Ce n’est pas possible depuis votre place en ce moment. Rien n’a été changé.");
    case 409: return t("La situation a changé entre-temps. Regardez la page, puis recommencez.");
    default: return t("Le serveur n’a pas accepté cette demande ({status}). Rien n’a été changé. "
      + "Recommencez, ou demandez de l’aide.", { status });
  }
}
