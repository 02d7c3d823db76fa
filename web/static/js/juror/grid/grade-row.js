/**
 * One competency of the own grid: its title, A or NA, why not acquired, what was examined, and whether it is saved.
 * @typedef {import("../../view").Competency} Competency
 * @typedef {import("../../view").Mark} Mark
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("./marks.js").ShownMark} ShownMark
 */
import { attr, classes, el, icon, setIcon, show, text } from "../../lib/dom.js";
import { Draft } from "../../lib/drafts.js";
import { hhmm, official, t } from "../../lib/i18n.js";
import { slotOf } from "../../lib/sending/marks-outbox.js";
import { needsReason, textToShow } from "./marks.js";

/** A sentence is sent when the hand rests, not at each letter. */
const REST_MS = 900;

export class GradeRow {
  /** @type {ShownMark | undefined} */
  #mark;
  /** The words that the field last had from the server, or sent to it. */
  #base = "";
  /** @type {Draft<string>} */
  #draft;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Context} context
   * @param {Competency} competency
   */
  constructor(context, { code, mandatory, questions }) {
    this.context = context;
    this.code = code;
    this.hearing = context.hearing.id;
    this.#draft = new Draft(`why ${code}`, this.hearing);
    this.title = el("p", { id: `title-${code}`, ...official });
    this.radios = { A: this.#radio("A"), NA: this.#radio("NA") };
    this.stateIcon = icon("check");
    this.stateWords = el("span");
    this.state = el("span", { class: "state j-saved", hidden: true, "data-saved": code }, this.stateIcon,
      this.stateWords);
    this.examined = el("input", { type: "checkbox", id: `examined-${code}`, on: { change: () => this.#examine() } });
    this.examinedWords = el("span");
    this.clear = el("button",
      {
        type: "button", class: "j-link", id: `clear-${code}`, "aria-label": t("Effacer la note de {code}", { code }),
        on: { click: () => this.#clear() },
      },
      t("effacer"));
    this.words = el("textarea", {
      id: `words-${code}`, rows: 2,
      on: {
        input: () => this.#type(), change: () => this.flush(),
        keydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.radios.NA.focus(),
      },
    });
    if (this.#draft.keep(this.words)) this.#timer = setTimeout(() => this.flush(), REST_MS);
    this.notShown = el("input", { type: "checkbox", id: `not-shown-${code}`, on: { change: () => this.#send() } });
    this.reason = el("p", { class: "state warn", hidden: true }, icon("alert"),
      t("Il faut une raison, ou « non démontrée », avant de clore."));
    this.more = el("div", { class: "more j-reason", hidden: true },
      el("div", { class: "field" }, el("label", { for: `words-${code}` }, t("Pourquoi non acquis ?")), this.words),
      el("label", { class: "opt" }, this.notShown,
        el("span", null, t("Non démontrée : rien ne l’a montrée pendant l’épreuve"))),
      this.reason);
    this.node = el("li", { class: "grade", id: `grade-${code}`, "data-competency": code },
      el("div", { class: "j-code" }, el("b", null, code), this.clear),
      el("div", null, this.title, el("div", { class: "meta" },
        mandatory && el("span", { class: "j-mandatory" }, t("obligatoire")),
        el("label", { class: "j-examined" }, this.examined, this.examinedWords), this.#questions(questions))),
      el("div", { class: "j-mark" },
        el("fieldset", { class: "choice" }, el("legend", { class: "vh" }, t("{code} : acquis ou non acquis", { code })),
        this.#label("A", "check"), this.#label("NA", "dash")), this.state),
      this.more);
    this.node.addEventListener("focusin", () => this.node.classList.add("now"));
    this.node.addEventListener("focusout",
      () => this.node.classList.toggle("now", this.node.contains(document.activeElement)));
  }

  /**
   * @param {Competency} competency
   * @param {ShownMark | undefined} mark
   * @param {boolean} open can be marked now
   */
  update({ title, code }, mark, open) {
    this.#mark = mark;
    const { hearing } = this.context;
    text(this.title, title);
    for (const [name, radio] of Object.entries(this.radios)) {
      if (radio.checked !== (mark?.mark === name)) radio.checked = mark?.mark === name;
      if (radio.disabled === open) radio.disabled = !open;
    }
    const focused = document.activeElement === this.words;
    // Chosen anew in another tab, the mark does not take the field away from under somebody's hands.
    show(this.more, mark?.mark === "NA" || focused);
    this.words.readOnly = !open;
    this.notShown.disabled = !open;
    this.notShown.checked = Boolean(mark?.not_shown);
    const held = mark?.words ?? "";
    const shown = textToShow({
      field: this.words.value, base: this.#base, held, focused, refused: this.#entry?.state === "refused",
    });
    if (this.words.value !== shown) this.words.value = shown;
    if (shown === held) {
      this.#base = held;
      if (mark?.at) this.#draft.clear();
    }
    show(this.reason, needsReason(mark) && !this.words.value.trim());
    show(this.clear, mark && open);
    const unseen = hearing.not_examined?.includes(code);
    text(this.examinedWords, unseen ? t("à examiner") : t("examinée"));
    classes(this.examinedWords, { "j-unseen": unseen });
    this.examined.checked = Boolean(hearing.examined?.includes(code));
    this.examined.disabled = !this.context.may("NoteExamined");
    this.#saved();
  }

  /** @param {Mark} [mark] the choice to be on; default: the one made, else A */
  focus(mark = this.#mark?.mark ?? "A") {
    this.radios[mark].focus();
    this.node.scrollIntoView({ block: "nearest" });
  }

  /** @param {Mark} mark */
  choose(mark) {
    this.radios[mark].checked = true;
    this.#chosen();
  }

  /** "Pourquoi ?" comes with NA, and is asked where it can be seen. */
  #chosen() {
    this.#send();
    requestAnimationFrame(() => this.node.scrollIntoView({ block: "nearest" }));
  }

  /** What was typed and not sent yet is sent now. */
  flush() {
    clearTimeout(this.#timer);
    if (this.#mark?.mark === "NA" && this.words.value !== this.#base) this.#send();
  }

  /** @param {Mark} mark */
  #radio(mark) {
    return el("input", {
      type: "radio", name: `mark-${this.code}`, id: `mark-${this.code}-${mark}`, value: mark,
      class: mark === "NA" && "na", on: { change: () => this.#chosen() },
    });
  }

  /**
   * @param {Mark} mark
   * @param {string} sign
   */
  #label(mark, sign) {
    return el("label", null, this.radios[mark], el("span", null,
      el("span", { class: "vh" }, mark === "A" ? t("Acquis,") : t("Non acquis,"), " "), icon(sign), mark));
  }

  /** @param {string[]} questions */
  #questions(questions) {
    return questions.length > 0 && el("details", null,
      el("summary", null, t("questions ({n})", { n: questions.length })),
      el("ul", { class: "j-questions", ...official }, ...questions.map((one) => el("li", null, one))));
  }

  #type() {
    clearTimeout(this.#timer);
    show(this.reason, !this.words.value.trim() && !this.notShown.checked);
    this.#timer = setTimeout(() => this.flush(), REST_MS);
  }

  #send() {
    clearTimeout(this.#timer);
    const mark = this.radios.NA.checked ? "NA" : this.radios.A.checked ? "A" : null;
    if (!mark) return;
    this.#base = mark === "NA" ? this.words.value : "";
    const why = mark === "NA" ? { words: this.words.value.trim() || null, not_shown: this.notShown.checked } : {};
    this.context.keep("SetMark", { hearing: this.hearing, competency: this.code, mark, ...why });
  }

  #clear() {
    this.focus();
    clearTimeout(this.#timer);
    this.words.value = "";
    this.#base = "";
    this.#draft.clear();
    this.context.keep("ClearMark", { hearing: this.hearing, competency: this.code });
  }

  #examine() {
    this.context.keep("NoteExamined", {
      hearing: this.hearing, competency: this.code, examined: this.examined.checked,
    });
  }

  get #entry() {
    return this.context.entries.get(slotOf("SetMark", { hearing: this.hearing, competency: this.code }));
  }

  #saved() {
    const entry = this.#entry;
    const waits = entry?.state === "waiting";
    const refused = entry?.state === "refused";
    show(this.state, this.#mark || waits || refused);
    classes(this.state, { "j-waits": waits, warn: refused || (waits && this.context.outbox.late) });
    setIcon(this.stateIcon, refused ? "alert" : waits ? "clock" : "check");
    attr(this.state, "role", refused ? "alert" : null);
    text(this.stateWords, entry && (waits || refused || !this.#mark?.at) ? this.context.outbox.words(entry)
      : this.#mark?.at ? t("enregistré {hour}", { hour: hhmm(this.#mark.at) }) : "");
  }
}
