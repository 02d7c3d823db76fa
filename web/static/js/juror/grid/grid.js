/**
 * The juror's own grid (R3.5, R5.1): one row a competency, each mark kept in the browser until the server has it.
 * @typedef {import("../../view").Competency} Competency
 * @typedef {import("../../view").Block} Block
 * @typedef {import("../../view").Mark} Mark
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("./marks.js").ShownMark} ShownMark
 */
import { $, classes, content, el, icon, keyed, show, text } from "../../lib/dom.js";
import { official, t } from "../../lib/i18n.js";
import { GradeRow } from "./grade-row.js";
import { blockCount, gridCount, gridKey, neighbour, shownMarks } from "./marks.js";


export class Grid {
  /** @type {Map<string, GradeRow>} */
  #rows = new Map();
  #hearing = "";

  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.pane = $("#grid-pane");
    $("#panel-grid").addEventListener("keydown", (event) => this.#key(event));
    this.closing = $("#grid-close");
    this.closing.addEventListener("click", () => this.#close());
    this.reopening = $("#grid-reopen");
    this.reopening.addEventListener("click", () => this.#reopen());
  }

  update() {
    const { hearing, view } = this.context;
    if (!hearing.blocks || !hearing.grid) return;
    if (this.#hearing !== hearing.id) this.#begin(hearing.id);
    const marks = shownMarks(hearing.grid.marks, this.context.entries.values(), hearing.id, view.position);
    this.#definitions(hearing.definitions);
    keyed($("#grid-blocks"), hearing.blocks, (block) => `${hearing.id}/${block.code}`,
      () => this.#block(), (node, block) => this.#updateBlock(node, block, marks));
    this.#examined(hearing.not_examined ?? []);
    show($("#grid-early"), hearing.stage === "in_room" && !hearing.marking);
    this.#foot();
    return gridCount(hearing.blocks, marks);
  }

  /** Text typed and not sent yet goes into the outbox now. */
  flush() {
    for (const row of this.#rows.values()) row.flush();
  }

  /** @param {string} hearing */
  #begin(hearing) {
    this.#rows.clear();
    this.#hearing = hearing;
  }

  get #open() {
    return this.context.may("SetMark");
  }

  /** @param {Record<string, string> | undefined} definitions */
  #definitions(definitions) {
    const marks = /** @type {Mark[]} */ (definitions ? ["A", "NA"] : []);
    keyed($("#grid-definitions"), marks, (mark) => mark, (mark) => el("div", null,
      el("dt", null, mark === "A" ? t("A, acquis") : t("NA, non acquis")),
      el("dd", { ...official })), (node, mark) => text($("dd", node), definitions?.[mark]));
  }

  #block() {
    return el("section", { class: "j-block" },
      el("div", { class: "block" }, el("h3", { ...official }), el("span", { class: "small dim push num" })),
      el("p", { class: "note ok", hidden: true }, icon("check-o"),
        el("span", null, t("Bloc déjà acquis et conservé : rien à noter."))),
      el("ul"));
  }

  /**
   * @param {HTMLElement} node
   * @param {Block} block
   * @param {Record<string, ShownMark>} marks
   */
  #updateBlock(node, block, marks) {
    const { marked, total } = blockCount(block, marks);
    text($("h3", node), `${block.code}. ${block.title}`);
    text($(".block span", node), block.kept ? t("conservé") : t("{marked} notées sur {total}", { marked, total }));
    show($(".note", node), block.kept);
    keyed($("ul", node), block.kept ? [] : block.competencies, (one) => one.code, (one) => this.#row(one).node,
      (_node, one) => this.#rows.get(one.code)?.update(one, marks[one.code], this.#open));
  }

  /** @param {Competency} competency */
  #row(competency) {
    const row = new GradeRow(this.context, competency);
    this.#rows.set(competency.code, row);
    return row;
  }

  /** @param {string[]} codes */
  #examined(codes) {
    const note = $("#grid-not-examined");
    show(note, codes.length);
    const words = codes.join(" ");
    if (note.dataset.codes === words) return;
    note.dataset.codes = words;
    note.replaceChildren(icon("eye"), el("span", null, t("Personne n’a encore examiné :"), " ",
      ...codes.flatMap((code, i) =>
        [i ? ", " : "", el("a", { href: `#mark-${code}-A`, on: { click: (event) => this.#go(event, code) } }, code)])));
  }

  /**
   * @param {Event} event
   * @param {string} code
   */
  #go(event, code) {
    event.preventDefault();
    this.#rows.get(code)?.focus();
  }

  #foot() {
    const { hearing } = this.context;
    const grid = hearing.grid;
    if (!grid) return;
    const missing = grid.due ? grid.why_not_closed : [];
    show($("#grid-missing"), missing.length);
    keyed($("#grid-missing-list"), missing.map((words) => ({ words })), (one) => one.words, () => el("li"),
      (node, { words }) => this.#missing(node, words));
    show(this.closing, grid.due || this.context.may("CloseGrid"));
    show(this.reopening, this.context.may("ReopenGrid"));
    text($("#grid-secret"), grid.closed
      ? t("Votre grille est close. Vos collègues la verront à l’ouverture de la délibération.")
      : t("Personne d’autre ne voit vos notes avant la délibération."));
    classes($("#grid-secret"), { "j-closed": grid.closed });
  }

  /**
   * A sentence that begins with a competency's code leads to it.
   * @param {HTMLElement} node
   * @param {string} words
   */
  #missing(node, words) {
    const code = [...this.#rows.keys()]
      .find((one) => new RegExp(`(^|[^\\w.])${one.replaceAll(".", "\\.")}(?![\\w])`).test(words));
    content(node, words, () => [code
      ? el("a", { href: `#mark-${code}-A`, on: { click: (event) => this.#go(event, code) } }, words) : words]);
  }

  async #close() {
    this.flush();
    show($("#grid-missing"), this.context.hearing.grid?.why_not_closed.length);
    const answer = await this.context.act(this.closing, "CloseGrid", {}, $("#grid-refusal"));
    if (answer?.ok && document.activeElement === document.body) this.reopening.focus();
  }

  async #reopen() {
    const answer = await this.context.act(this.reopening, "ReopenGrid", {}, $("#grid-refusal"));
    if (answer?.ok) this.#rows.values().next().value?.focus();
  }

  /** Arrows move, A and N mark, outside text fields. @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.altKey || event.ctrlKey || event.metaKey || target.closest("textarea, select, summary, .pane-foot")) {
      return;
    }
    const does = gridKey(event.key);
    if (!does) return;
    const current = target.closest("[data-competency]")?.getAttribute("data-competency") ?? null;
    const row = current === null ? undefined : this.#rows.get(current);
    if ("mark" in does) {
      if (!row || !this.#open) return;
      event.preventDefault();
      row.focus(does.mark);
      row.choose(does.mark);
    } else {
      event.preventDefault();
      const next = neighbour(this.#codes, current, does.by);
      if (next) this.#rows.get(next)?.focus();
    }
  }

  /** In the order of the grid. */
  get #codes() {
    return (this.context.hearing.blocks ?? []).flatMap((block) => (block.kept ? []
      : block.competencies.map((one) => one.code)));
  }
}
