/**
 * A button that sends an act: busy while it goes, and where it is refused the words come beside it.
 *
 * @typedef {import("./post.js").Answer} Answer
 * @typedef {import("./commands.js").Sender} Sender
 */
import { announce } from "../announce.js";
import { actBegins, tell, untell } from "../banner.js";
import { el, icon } from "../dom.js";
import { duration, t } from "../i18n.js";
import { within } from "../within.js";
import { own } from "./commands.js";

/** An act is for the moment it was pressed in: one that could not be sent by then is not sent into another moment. */
const WAITS_MS = 60000;

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
 * What a press has the server do. A refusal is shown beside the button (or at the end of `near`) and announced.
 * @template {Pick<Answer, "ok" | "refusal" | "rule">} T
 * @param {HTMLElement} button
 * @param {() => Promise<T>} work
 * @param {HTMLElement} [near]
 * @returns {Promise<T | undefined>}
 */
export function pressed(button, work, near) {
  return busy(button, async () => {
    actBegins();
    unrefuse(button, near);
    const answer = await work();
    if (!answer.ok) refuse(button, answer, near);
    return answer;
  });
}

/**
 * Sends an act from a button; a lost line is told in a banner while tries go on.
 * @param {HTMLElement} button
 * @param {string} command
 * @param {Record<string, unknown>} [fields]
 * @param {{near?: HTMLElement, by?: Sender}} [options] `by`: another sender than this seat's own
 * @returns {Promise<Answer | undefined>}
 */
export function act(button, command, fields = {}, { near, by = own } = {}) {
  return pressed(button, async () => {
    const onWaiting = (/** @type {import("./commands.js").Wait} */ wait) =>
      tell({ id: "sending", kind: "warn", ...waitingWords(wait) });
    const answer = await by.send(command, fields, { onWaiting, signal: within(WAITS_MS) });
    untell("sending");
    return answer;
  }, near);
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
 * @param {HTMLElement} button
 * @param {Pick<Answer, "refusal" | "rule">} answer
 * @param {HTMLElement} [near]
 */
function refuse(button, answer, near) {
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
function unrefuse(button, near) {
  for (const old of (near ?? button.parentElement)?.querySelectorAll(":scope > .wrong[data-refusal]") ?? []) {
    old.remove();
  }
}
