/** The presentation's points (R3.3), ticked on one's own list, and one's private notes. */
import { $, attr, classes, el, keyed, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { slotOf } from "../lib/outbox.js";
import { textToShow } from "./marks.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("../lib/outbox.js").Entry} Entry
 */

/** A note is sent when the hand rests. */
const REST_MS = 1500;

export class Points {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
  }

  update() {
    const { hearing, view } = this.context;
    const open = ["presentation", "questions", "grading"].includes(hearing.phase);
    const points = (hearing.grid && hearing.points) || [];
    keyed($("#points"), points.map((words, point) => ({ words, point })), ({ point }) => `${hearing.id}/${point}`,
      ({ point }) => this.#point(hearing.id, point), (node, { words, point }) => {
        const box = /** @type {HTMLInputElement} */ ($("input", node));
        const entry = this.context.entries.get(slotOf("CoverPoint", { hearing: hearing.id, point }));
        const ahead = entry && (entry.state === "waiting" || (entry.state === "saved" && (entry.position ?? 0) > view.position));
        const covered = ahead ? Boolean(entry.fields.covered) : Boolean(hearing.grid?.points.includes(point));
        if (box.checked !== covered) box.checked = covered;
        box.disabled = !open;
        text($(".grow", node), words);
        const state = $(".state", node);
        show(state, entry && entry.state !== "saved");
        classes(state, { warn: entry?.state !== "saved" });
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
    return el("li", null, el("label", { class: "opt" }, box, el("span", { class: "grow" }), el("span", { class: "state" })));
  }
}

export class Notes {
  /** @type {string | null} */
  #sent = null;
  #hearing = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.area = /** @type {HTMLTextAreaElement} */ ($("#note"));
    this.area.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.flush(), REST_MS);
      this.#state(undefined);
    });
    this.area.addEventListener("change", () => this.flush());
  }

  update() {
    const { hearing } = this.context;
    if (this.#hearing !== hearing.id) this.#begin(hearing.id);
    const shown = textToShow({ field: this.area.value, saved: this.#sent, server: hearing.grid?.note ?? null, focused: document.activeElement === this.area });
    if (this.area.value !== shown) this.area.value = shown;
    this.area.readOnly = ["closed", "no_show", "stopped"].includes(hearing.phase);
    this.#state(this.context.entries.get(slotOf("WriteNote", { hearing: hearing.id })));
  }

  /** What was typed and not sent yet is sent now, for the hearing it was typed for. */
  flush() {
    clearTimeout(this.#timer);
    const typed = this.area.value;
    if (!this.#hearing || typed === (this.#sent ?? this.#known)) return;
    this.#sent = typed;
    this.context.keep("WriteNote", { hearing: this.#hearing, words: typed.trim() ? typed : null });
  }

  get #known() {
    const hearing = this.context.view.hearing;
    return hearing?.id === this.#hearing ? hearing.grid?.note ?? "" : this.area.value;
  }

  /** @param {string} hearing */
  #begin(hearing) {
    const entry = this.context.entries.get(slotOf("WriteNote", { hearing }));
    this.#hearing = hearing;
    this.#sent = entry && entry.state !== "saved" ? String(entry.fields.words ?? "") : null;
    this.area.value = this.#sent ?? "";
  }

  /** @param {Entry | undefined} entry */
  #state(entry) {
    const node = $("#note-state");
    const draft = this.area.value !== (this.#sent ?? this.#known);
    classes(node, { ok: entry?.state === "saved" && !draft, warn: entry?.state === "waiting" || entry?.state === "refused" });
    text(node, draft ? t("pas encore enregistré…") : entry ? this.context.outbox.words(entry) : "");
    attr(node, "data-state", draft ? "draft" : entry?.state);
  }
}
