/**
 * The yes or no about comparing one's face (X1): asked apart from everything else, two answers of equal weight, none
 * chosen beforehand, taken back as easily as given.
 * @typedef {import("../view").FaceConsent} FaceConsent
 */
import { attr, classes, el, icon, keyed, setIcon, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { act } from "../lib/sending/act.js";
import { wordingOf } from "./screens.js";

let count = 0;

export class Consent {
  #stream;
  #paragraphs = el("div", { class: "stack gap-2" });
  #question;
  #yes = answer("yes", () => void this.#answer(true));
  #no = answer("no", () => void this.#answer(false));
  #state = el("p", { class: "state", role: "status" }, icon("info"), el("span"));
  #near = el("div");
  /** @type {FaceConsent | undefined} */
  #shown;
  /** What was pressed and is not answered yet, with what became of it. @type {Promise<boolean> | null} */
  #sending = null;

  /** @param {import("../lib/stream.js").RoomStream} stream */
  constructor(stream) {
    this.#stream = stream;
    count += 1;
    this.#question = el("p", { class: "label", id: `consent-question-${count}` });
    this.element = el("div", { class: "stack" }, this.#paragraphs, this.#question,
      el("div", { class: "answers", role: "group", "aria-labelledby": this.#question.id }, this.#yes, this.#no),
      this.#near, this.#state);
    stream.onView(({ hearing }) =>
      this.#draw(hearing && "consent" in hearing.identity ? hearing.identity.consent : undefined));
  }

  /** Nothing is left to be answered. */
  get answered() {
    return this.#shown?.state !== "unanswered";
  }

  /** An answer on its way to the server: whether it took it; null where none is. */
  get sending() {
    return this.#sending;
  }

  focus() {
    this.#yes.focus();
  }

  /** @param {FaceConsent | undefined} consent */
  #draw(consent) {
    this.#shown = consent;
    if (!consent) return;
    keyed(this.#paragraphs, consent.text, (_words, n) => n, () => el("p"), (node, words) => text(node, words));
    text(this.#question, consent.question);
    drawAnswer(this.#yes, consent.yes, consent.state === "yes");
    drawAnswer(this.#no, consent.no, consent.state === "no");
    // Once decided a yes would change nothing; a no still deletes what was measured.
    show(this.#yes, !consent.over || consent.state === "yes");
    setIcon(/** @type {Element} */ (this.#state.firstElementChild),
      consent.state === "unanswered" ? "info" : "check-o");
    text(/** @type {Element} */ (this.#state.lastElementChild), wordsOf(consent));
  }

  /** @param {boolean} agreed */
  async #answer(agreed) {
    const hearing = this.#stream.view?.hearing;
    const consent = this.#shown;
    if (!hearing || !consent || consent.state === (agreed ? "yes" : "no")) return;
    if (consent.state === "yes") return this.#withdraw(hearing, consent);
    this.#sending = this.#send(hearing, consent, agreed);
    await this.#sending;
    this.#sending = null;
  }

  /**
   * @param {import("../view").Hearing} hearing
   * @param {FaceConsent} consent
   * @param {boolean} agreed
   */
  async #send(hearing, consent, agreed) {
    const wording = await wordingOf(consent.text);
    const answer = await act(agreed ? this.#yes : this.#no, "AnswerFaceConsent",
      { hearing: hearing.id, agreed, wording }, { near: this.#near });
    return answer?.ok ?? false;
  }

  /**
   * @param {import("../view").Hearing} hearing
   * @param {FaceConsent} consent
   */
  async #withdraw(hearing, consent) {
    const answer = await act(this.#no, "WithdrawFaceConsent", { hearing: hearing.id }, { near: this.#near });
    if (answer?.ok && this.#stream.line.state !== "open") {
      this.#stream.know({
        hearing: { ...hearing, identity: { ...hearing.identity, consent: { ...consent, state: "no" } } },
      });
    }
  }
}

/**
 * @param {"yes" | "no"} said
 * @param {() => void} run
 */
function answer(said, run) {
  return el("button",
    { class: "btn", type: "button", "data-answer": said, "aria-pressed": "false", on: { click: run } },
    icon("circle"), el("span"));
}

/**
 * @param {HTMLElement} button
 * @param {string} words
 * @param {boolean} chosen
 */
function drawAnswer(button, words, chosen) {
  attr(button, "aria-pressed", String(chosen));
  classes(button, { chosen });
  setIcon(/** @type {Element} */ (button.firstElementChild), chosen ? "check-o" : "circle");
  text(/** @type {Element} */ (button.lastElementChild), words);
}

/** @param {FaceConsent} consent */
function wordsOf({ state, over }) {
  if (state === "yes") return t("Vous avez dit oui. Vous pouvez retirer votre accord à tout moment.");
  if (state === "no") {
    return over ? t("Vous avez dit non. Rien n’est gardé d’une comparaison de visage.")
      : t("Vous avez dit non. Le jury compare à l’œil. Vous pouvez encore changer d’avis.");
  }
  return t("Les deux réponses conviennent.");
}
