/**
 * The table of the deliberation (R3.6): the three own marks side by side, differences first with what was written, then
 * the consensus: the president proposes, each juror confirms what they see, a change clears the confirmations.
 * @typedef {import("../../view").Deliberation} Deliberation
 * @typedef {import("../../view").ConsensusRow} ConsensusRow
 * @typedef {import("../../view").Mark} Mark
 * @typedef {import("../context.js").Context} Context
 */
import { $, attr, el, keyed, show, text } from "../../lib/dom.js";
import { t, tn } from "../../lib/i18n.js";
import { ConsensusLine } from "./consensus-line.js";
import { grouped } from "./consensus.js";

/** The columns that are no juror's own. */
const OF_ALL = new Set(["title", "consensus"]);

export class Agree {
  /** @type {Map<string, ConsensusLine>} */
  #lines = new Map();
  #hearing = "";

  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.confirmAll = $("#confirm-all");
    this.proposeAll = $("#propose-agreed");
    this.confirmAll.addEventListener("click", () => this.#confirmAll());
    this.proposeAll.addEventListener("click", () => this.#proposeAll());
    $("#council").addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {Deliberation} deliberation */
  update(deliberation) {
    const { hearing } = this.context;
    if (this.#hearing !== hearing.id) this.#lines.clear();
    this.#hearing = hearing.id;
    this.#head(deliberation);
    const { differ, same } = grouped(deliberation.rows);
    this.#group($("#agree-differ"), differ, deliberation,
      tn("Vos avis diffèrent : {n}", "Vos avis diffèrent : {n}", differ.length), true);
    this.#group($("#agree-same"), same, deliberation,
      tn("Vous êtes du même avis : {n}", "Vous êtes du même avis : {n}", same.length), false);
    const mine = Object.keys(deliberation.to_confirm).length;
    keep(this.confirmAll, mine > 0, $("#confirm-all-row"));
    text($("#confirm-all-words"),
      tn("Confirmer la proposition affichée", "Confirmer les {n} propositions affichées", mine));
    const agreed = Object.keys(deliberation.to_propose).length;
    keep(this.proposeAll, agreed > 0, $("#propose-agreed-row"));
    text($("#propose-agreed-words"),
      tn("Proposer la compétence où vous êtes d’accord", "Proposer les {n} compétences où vous êtes d’accord", agreed));
  }

  /** @param {Deliberation} deliberation */
  #head(deliberation) {
    const columns = [{ key: "title", name: t("Compétence"), role: "" },
      ...deliberation.jurors.map((seat) => ({
        key: seat, name: this.context.shortName(seat),
        role: this.context.view.people.find((one) => one.seat === seat)?.role_words ?? "",
      })),
      {
        key: "consensus", name: t("Consensus"), role: this.context.presides ? t("vous proposez") : t("vous confirmez"),
      }];
    keyed($("#agree-head"), columns, (one) => one.key,
      ({ key }) => el("th", { scope: "col", class: `j-col-${OF_ALL.has(key) ? key : "juror"}` }, el("b"), el("span")),
      (node, one) => {
        text($("b", node), one.name);
        text($("span", node), one.role);
      });
  }

  /**
   * @param {HTMLElement} body
   * @param {ConsensusRow[]} rows
   * @param {Deliberation} deliberation
   * @param {string} title
   * @param {boolean} differs
   */
  #group(body, rows, deliberation, title, differs) {
    show(body, rows.length);
    /** @type {({key: string, row: ConsensusRow | null, said: boolean})[]} */
    const items = [{ key: "title", row: null, said: false },
      ...rows.flatMap((row) =>
        [{ key: row.competency, row, said: false }, { key: `${row.competency} said`, row, said: true }])];
    keyed(body, items, (one) => `${this.#hearing} ${one.key}`, ({ row, said }) => {
      if (!row) {
        return el("tr", { class: "group" }, el("th", { colspan: deliberation.jurors.length + 2, scope: "rowgroup" }));
      }
      const line = this.#line(row.competency, deliberation.jurors);
      return said ? line.saidRow : line.row;
    }, (node, { row, said }) => {
      if (!row) text($("th", node), title);
      else if (!said) this.#lines.get(row.competency)?.update(row, deliberation, differs);
    });
  }

  /**
   * @param {string} code
   * @param {string[]} jurors
   */
  #line(code, jurors) {
    const line = this.#lines.get(code) ?? new ConsensusLine(this.context, code, jurors);
    this.#lines.set(code, line);
    return line;
  }

  #confirmAll() {
    const marks = this.context.hearing.deliberation?.to_confirm ?? {};
    void this.context.act(this.confirmAll, "ConfirmConsensus", { marks }, $("#council-refusal"));
  }

  #proposeAll() {
    const { deliberation } = this.context.hearing;
    if (deliberation) {
      void this.context.act(this.proposeAll, "ProposeConsensus",
        { marks: deliberation.to_propose }, $("#council-refusal"));
    }
  }

  /** In a row: up and down go to the next one, A and N propose, C confirms. @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const row = target.closest("tr[data-competency]");
    if (!row || event.altKey || event.ctrlKey || event.metaKey || target.closest("textarea")) return;
    const codes = [...this.#lines.keys()].sort((a, b) => this.#order(a) - this.#order(b));
    const at = codes.indexOf(row.getAttribute("data-competency") ?? "");
    const line = this.#lines.get(codes[at]);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      for (let to = at + by; to >= 0 && to < codes.length; to += by) if (this.#lines.get(codes[to])?.focus()) break;
    } else if (event.key.toLowerCase() === "a") line?.choose("A");
    else if (event.key.toLowerCase() === "n") line?.choose("NA");
    else if (event.key.toLowerCase() === "c") line?.confirm();
    else return;
    event.preventDefault();
  }

  /** @param {string} code where its row stands in the page */
  #order(code) {
    return [...document.querySelectorAll("#council tr[data-competency]")]
      .findIndex((row) => row.getAttribute("data-competency") === code);
  }
}

/**
 * Shows or hides what holds a button. A button that goes while it has the focus leaves it to the table's first row.
 * @param {HTMLElement} button
 * @param {boolean} shown
 * @param {HTMLElement} holder
 */
function keep(button, shown, holder) {
  const focused = !shown && document.activeElement === button;
  show(holder, shown);
  if (!focused) return;
  const title = $("#council-title");
  attr(title, "tabindex", -1);
  title.focus({ preventScroll: true });
}
