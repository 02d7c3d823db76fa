/** The presentation's points (R3.3), ticked on one's own list, and one's private notes. */
import { $, attr, classes, el, keyed, show, text } from "../../lib/dom.js";
import { Draft } from "../../lib/drafts.js";
import { hhmm, official, t } from "../../lib/i18n.js";
import { slotOf } from "../../lib/sending/marks-outbox.js";
import { textToShow } from "./marks.js";

/** @typedef {import("../context.js").Context} Context */

/** A note is sent when the hand rests. */
const REST_MS = 1500;

export class Points {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
  }

  update() {
    const { hearing, view } = this.context;
    const open = this.context.may("CoverPoint");
    const points = (hearing.grid && hearing.points) || [];
    keyed($("#points"), points.map((words, point) => ({ words, point })), ({ point }) => `${hearing.id}/${point}`,
      ({ point }) => this.#point(hearing.id, point), (node, { words, point }) => {
        const box = /** @type {HTMLInputElement} */ ($("input", node));
        const entry = this.context.entries.get(slotOf("CoverPoint", { hearing: hearing.id, point }));
        const ahead = entry
          && (entry.state === "waiting" || (entry.state === "saved" && (entry.position ?? 0) > view.position));
        const covered = ahead ? Boolean(entry.fields.covered) : Boolean(hearing.grid?.points.includes(point));
        if (box.checked !== covered) box.checked = covered;
        box.disabled = !open;
        text($(".grow", node), words);
        const state = $(".state", node);
        show(state, entry && entry.state !== "saved");
        classes(state, { warn: entry?.state === "refused" || this.context.outbox.late });
        text(state, entry && entry.state !== "saved" ? this.context.outbox.words(entry) : "");
      });
    return hearing.grid && hearing.points ? { done: hearing.grid.points.length, total: hearing.points.length } : null;
  }

  /**
   * @param {string} hearing
   * @param {number} point
   */
  #point(hearing, point) {
    const box = el("input", { type: "checkbox", id: `point-${point}`, "data-point": point });
    box.addEventListener("change", () => this.context.keep("CoverPoint", { hearing, point, covered: box.checked }));
    return el("li", null,
      el("label", { class: "opt" }, box, el("span", { class: "grow", ...official }), el("span", { class: "state" })));
  }
}

export class Notes {
  /** The words that the field last had from the server, or sent to it. */
  #base = "";
  #hearing = "";
  /** @type {Draft<string>} */
  #draft = new Draft("note");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.area = /** @type {HTMLTextAreaElement} */ ($("#note"));
    this.area.addEventListener("input", () => {
      this.#draft.set(this.area.value);
      this.#rest();
      this.#state();
    });
    this.area.addEventListener("change", () => this.flush());
  }

  update() {
    const { hearing } = this.context;
    if (this.#hearing !== hearing.id) this.#begin(hearing.id);
    const held = this.#held;
    const shown = textToShow({
      field: this.area.value, base: this.#base, held, focused: document.activeElement === this.area,
      refused: this.#entry?.state === "refused",
    });
    if (this.area.value !== shown) this.area.value = shown;
    if (shown === held) {
      this.#base = held;
      if (held === (hearing.grid?.note ?? "")) this.#draft.clear();
    }
    this.area.readOnly = !this.context.may("WriteNote");
    this.#state();
  }

  /** What was typed and not sent yet is sent now, for the hearing it was typed for. */
  flush() {
    clearTimeout(this.#timer);
    const typed = this.area.value;
    if (!this.#hearing || typed === this.#base) return;
    this.#base = typed;
    this.context.keep("WriteNote", { hearing: this.#hearing, words: typed.trim() ? typed : null });
  }

  get #entry() {
    return this.context.entries.get(slotOf("WriteNote", { hearing: this.#hearing }));
  }

  /** What the server holds, own words on their way to it included. */
  get #held() {
    const { hearing, view } = this.context;
    const entry = this.#entry;
    const ahead = entry
      && (entry.state === "waiting" || (entry.state === "saved" && (entry.position ?? 0) > view.position));
    return String((ahead ? entry.fields.words : hearing.grid?.note) ?? "");
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), REST_MS);
  }

  /** @param {string} hearing */
  #begin(hearing) {
    this.#hearing = hearing;
    this.#draft = new Draft("note", hearing);
    const entry = this.#entry;
    const left = this.#draft.get();
    // Kept through a restart of the browser and not sent yet: an empty field would say that it was cleared.
    this.#base = entry && entry.state !== "saved" ? String(entry.fields.words ?? "") : "";
    this.area.value = left ?? this.#base;
    if (left !== undefined) this.#rest();
  }

  #state() {
    const entry = this.#entry;
    const node = $("#note-state");
    const draft = this.area.value !== this.#base;
    const waits = entry?.state === "waiting" || entry?.state === "refused";
    const at = this.context.view.hearing?.grid?.note_at;
    const saved = entry?.state === "saved" || (!waits && at);
    classes(node, { ok: saved && !draft, warn: entry?.state === "refused" || (waits && this.context.outbox.late) });
    text(node,
      draft ? t("pas encore enregistré…")
        : entry && (waits || !at) ? this.context.outbox.words(entry)
          : at ? t("enregistré {hour}", { hour: hhmm(at) })
            : "");
    attr(node, "data-state", draft ? "draft" : waits ? entry.state : saved ? "saved" : null);
  }
}
