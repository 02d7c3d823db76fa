/**
 * A button that sends an act: busy while it goes, and where it is refused the words come beside it.
 * @typedef {import("./commands.js").Answer} Answer
 */
import { announce } from "./announce.js";
import { tell, untell } from "./banner.js";
import { send } from "./commands.js";
import { el, icon } from "./dom.js";
import { t } from "./i18n.js";

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
 * Sends an act from a button. A refusal is shown beside the button (or at the end of `near`) and announced; a lost line
 * is told in a banner while tries go on.
 * @param {HTMLElement} button
 * @param {string} command
 * @param {Record<string, unknown>} [fields]
 * @param {{near?: HTMLElement, position?: number, path?: string}} [options] `path`: of another seat of the same person
 * @returns {Promise<Answer | undefined>}
 */
export function act(button, command, fields = {}, options = {}) {
  return busy(button, async () => {
    unrefuse(button, options.near);
    const onWaiting = () => tell({
      id: "sending", kind: "warn", icon: "cut", title: t("Votre demande attend le réseau."), words: t("Elle partira si la connexion revient dans la minute. Laissez cette page ouverte."),
    });
    const signal = AbortSignal.timeout(WAITS_MS);
    const answer = await send(command, fields, { onWaiting, position: options.position, path: options.path, signal });
    untell("sending");
    if (!answer.ok) refuse(button, answer, options.near);
    return answer;
  });
}

/**
 * @param {HTMLElement} button
 * @param {Pick<Answer, "refusal" | "rule">} answer
 * @param {HTMLElement} [near]
 */
export function refuse(button, answer, near) {
  unrefuse(button, near);
  const words = el("p", { class: "wrong", dataset: { refusal: answer.rule ?? "" } }, icon("alert"), el("span", null, answer.refusal));
  if (near) near.append(words);
  else button.after(words);
  announce(answer.refusal);
}

/**
 * @param {HTMLElement} button
 * @param {HTMLElement} [near]
 */
export function unrefuse(button, near) {
  for (const old of (near ?? button.parentElement)?.querySelectorAll(":scope > .wrong[data-refusal]") ?? []) old.remove();
}
