/**
 * Asks for what an act needs before it is sent: words, a confirmation, a few choices. Nothing is chosen beforehand, and
 * a refusal is shown in the dialog, where the words are still to be had. Words given up are there again the next time.
 * @typedef {import("./commands.js").Sender} Sender
 * @typedef {import("./post.js").Answer} Answer
 */
import { announce } from "../announce.js";
import { openDialog } from "../dialog.js";
import { drawn, el, icon } from "../dom.js";
import { Draft } from "../drafts.js";
import { t } from "../i18n.js";
import { act } from "./act.js";
import { own } from "./commands.js";

/** Longer words are better said in the record's papers. */
const MOST_LETTERS = 4000;

/**
 * @param {object} question
 * @param {string} question.title
 * @param {string[]} question.words what will happen, a paragraph each
 * @param {string} question.command
 * @param {Record<string, unknown>} question.fields
 * @param {string} question.yes the act, a verb
 * @param {"required" | "optional" | "none"} [question.reason] words to write
 * @param {string} [question.label] of the words
 * @param {boolean} [question.bad] the act harms
 * @param {Node[]} [question.body] more to fill in, before the words
 * @param {Sender} [question.by] another sender than this seat's own: another seat's, or a decision's
 * @param {() => Record<string, unknown> | string} [question.collect] what was filled in, or why it cannot be sent
 * @returns {Promise<Answer | null>} null: given up
 */
export function ask({
  title, words, command, fields, yes, reason = "none", label = t("Vos raisons"), bad = false, body = [],
  by = own, collect = () => ({}),
}) {
  const area = el("textarea", {
    id: "ask-words", rows: 3, maxlength: MOST_LETTERS, required: reason === "required",
    "data-autofocus": reason !== "none",
  });
  const draft = new Draft(`${command} ${by.seat}`, String(fields.hearing ?? ""));
  if (reason !== "none") draft.keep(area);
  const field = reason !== "none" && el("div", { class: "field" },
    el("label", { for: "ask-words" }, label, " ",
      el("span", { class: "dim" }, reason === "required" ? t("(obligatoire)") : t("(facultatif)"))),
    area);
  return new Promise((resolve) => {
    /** @type {Answer | null} */
    let given = null;
    const { close, footer } = openDialog({
      title, onClose: () => { keepFocus(); resolve(given); },
      body: [...words.map((one) => el("p", null, one)), ...body, ...(field ? [field] : [])],
      actions: (shut) => [
        el("button", { class: "btn", type: "button", "data-cancel": true, on: { click: shut } }, t("Annuler")),
        el("button",
          {
            class: `btn ${bad ? "bad" : "main"}`, type: "button", "data-act": command,
            on: { click: (event) => void go(event.currentTarget) },
          },
          yes),
      ],
    });
    const first = body.map((one) => one instanceof HTMLElement && one.querySelector("input")).find(Boolean);
    if (first) first.focus();
    else if (field) area.focus();

    /** @param {HTMLElement} button */
    async function go(button) {
      const more = collect();
      const said = area.value.trim();
      if (typeof more === "string") return lacking(footer, more);
      if (reason === "required" && !said) {
        area.setAttribute("aria-invalid", "true");
        area.focus();
        return lacking(footer, t("Écrivez vos raisons : elles entrent au dossier."));
      }
      const answer = await act(button, command, { ...fields, ...more, ...(said ? { words: said } : {}) },
        { near: footer, by });
      if (!answer?.ok) return;
      draft.clear();
      given = answer;
      close();
    }
  });
}

/** What was pressed may be gone with the act: the focus then goes to what comes next, never to the top of the page. */
function keepFocus() {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const next = [...document.querySelectorAll('.bar-act .btn, [role="tab"][aria-selected="true"], #main')].find(drawn);
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  });
}

/**
 * Says what is lacking, where it is lacking.
 * @param {HTMLElement} near
 * @param {string} words "" takes it away
 */
export function lacking(near, words) {
  near.querySelector(":scope > .wrong")?.remove();
  if (!words) return;
  near.append(el("p", { class: "wrong", "data-refusal": "" }, icon("alert"), el("span", null, words)));
  announce(words);
}

/**
 * A choice among a few, none made beforehand.
 * @param {string} name
 * @param {[string, string][]} choices value, words
 */
export function chips(name, choices) {
  const node = el("div", { class: "chips", role: "radiogroup", "aria-label": t("Votre choix") },
    ...choices.map(([value, words]) => el("label", null,
      el("input", { type: "radio", name, value, id: `${name}-${value}` }), el("span", null, words))));
  return {
    node,
    get value() {
      return /** @type {HTMLInputElement | null} */ (node.querySelector("input:checked"))?.value ?? "";
    },
    /** Made before, by the same person. */
    set value(value) {
      for (const input of node.querySelectorAll("input")) input.checked = input.value === value;
    },
  };
}
