/**
 * A button that sends an act: busy while it goes, and where it is refused the words come beside it.
 *
 * @typedef {import("./commands.js").Answer} Answer
 * @typedef {object} Fresh what a decision was taken on, for acts that must not follow an older view
 * @property {() => Promise<() => void>} turn after the own decisions that are on their way; what it gives ends this one
 * @property {() => Promise<number | string>} now the position to send it with, or why it cannot be sent any more
 * @property {() => Promise<number | string>} again the server knows of something newer: the position to send it again
 *   with where nothing that it is about has changed, else the words that say what has ("": the server's)
 * @property {(answer: Answer) => void} answered
 */
import { announce } from "./announce.js";
import { actBegins, tell, untell } from "./banner.js";
import { answerOf, send } from "./commands.js";
import { el, icon } from "./dom.js";
import { duration, t } from "./i18n.js";
import { within } from "./within.js";

/** An act is for the moment it was pressed in: one that could not be sent by then is not sent into another moment. */
const WAITS_MS = 60000;
/** How often a decision follows a session that moves on each time. */
const AGAIN_MOST = 5;

/**
 * Runs `work` while `button` says that it is busy. A second press meanwhile does nothing.
 * @template T
 * @param {HTMLElement} button
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>}
 */
export async function busy(button, work) {
  if (button.getAttribute("aria-busy") === "true") return undefined;
  button.setAttribute("aria-busy", "true");
  button.classList.add("busy");
  try {
    return await work();
  } finally {
    button.removeAttribute("aria-busy");
    button.classList.remove("busy");
  }
}

/**
 * Sends an act from a button. A refusal is shown beside the button (or at the end of `near`) and announced; a lost line
 * is told in a banner while tries go on.
 * @param {HTMLElement} button
 * @param {string} command
 * @param {Record<string, unknown>} [fields]
 * @param {{near?: HTMLElement, fresh?: Fresh, path?: string}} [options] `path`: of another seat of the same person
 * @returns {Promise<Answer | undefined>}
 */
export function act(button, command, fields = {}, options = {}) {
  return busy(button, async () => {
    actBegins();
    unrefuse(button, options.near);
    const onWaiting = (/** @type {import("./commands.js").Wait} */ wait) => tell({
      id: "sending", kind: "warn", ...waitingWords(wait),
    });
    const signal = within(WAITS_MS);
    const answer = await sendOn(options.fresh, command, fields, { onWaiting, path: options.path, signal });
    untell("sending");
    if (!answer.ok) refuse(button, answer, options.near);
    return answer;
  });
}

/** @param {import("./commands.js").Wait} wait */
function waitingWords({ status, words, after }) {
  if (!status) {
    return {
      icon: "cut", title: t("Votre demande attend le réseau."),
      words: t("Elle partira si la connexion revient dans la minute. Laissez cette page ouverte."),
    };
  }
  const title = t("Le serveur n’a pas encore pu traiter votre demande.");
  if (after) {
    return {
      icon: "clock", title,
      words: t("Il demande d’attendre {time}. Elle part ensuite d’elle-même : laissez cette page ouverte.",
        { time: duration(after) }),
    };
  }
  return {
    icon: "clock", title,
    words: [words, t("Nous réessayons pendant une minute : laissez cette page ouverte.")].filter(Boolean).join(" "),
  };
}

/**
 * Sends. A decision waits for its turn, and goes again while the server knows of something newer that has nothing to do
 * with it.
 * @param {Fresh | undefined} fresh
 * @param {string} command
 * @param {Record<string, unknown>} fields
 * @param {Parameters<typeof send>[2]} options
 */
export async function sendOn(fresh, command, fields, options) {
  if (!fresh) return send(command, fields, options);
  const end = await fresh.turn();
  try {
    return await sendFresh(fresh, command, fields, options);
  } finally {
    end();
  }
}

/**
 * @param {Fresh} fresh
 * @param {string} command
 * @param {Record<string, unknown>} fields
 * @param {Parameters<typeof send>[2]} options
 * @returns {Promise<Answer>}
 */
async function sendFresh(fresh, command, fields, options) {
  let answer = answerOf(409, {});
  let next = await fresh.now();
  for (let tries = 0; tries <= AGAIN_MOST; tries += 1) {
    if (typeof next !== "number") return next ? { ...answer, refusal: next } : answer;
    answer = await send(command, fields, { ...options, position: next });
    if (answer.status !== 409) break;
    next = await fresh.again();
  }
  fresh.answered(answer);
  return answer;
}

/**
 * @param {HTMLElement} button
 * @param {Pick<Answer, "refusal" | "rule">} answer
 * @param {HTMLElement} [near]
 */
export function refuse(button, answer, near) {
  unrefuse(button, near);
  const words = el("p", { class: "wrong", dataset: { refusal: answer.rule ?? "" } }, icon("alert"),
    el("span", null, answer.refusal));
  if (near) near.append(words);
  else button.after(words);
  announce(answer.refusal);
}

/**
 * @param {HTMLElement} button
 * @param {HTMLElement} [near]
 */
export function unrefuse(button, near) {
  for (const old of (near ?? button.parentElement)?.querySelectorAll(":scope > .wrong[data-refusal]") ?? []) {
    old.remove();
  }
}
