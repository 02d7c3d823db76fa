/**
 * One competency in the deliberation's table: the three own marks, what each wrote, and the consensus.
 * @typedef {import("../../view").Deliberation} Deliberation
 * @typedef {import("../../view").ConsensusRow} ConsensusRow
 * @typedef {import("../../view").OwnMark} OwnMark
 * @typedef {import("../../view").Mark} Mark
 * @typedef {import("../context.js").Context} Context
 */
import { $, attr, classes, el, icon, keyed, setIcon, show, text } from "../../lib/dom.js";
import { official, quoted, t } from "../../lib/i18n.js";

export class ConsensusLine {
  /** @type {ConsensusRow | null} */
  #shown = null;
  #proposes = false;
  #mayConfirm = false;
  /** @type {{mark: Mark, position: number} | null} what was chosen here, until a view that knows of it comes */
  #chosen = null;

  /**
   * @param {Context} context
   * @param {string} code
   * @param {string[]} jurors
   */
  constructor(context, code, jurors) {
    this.context = context;
    this.code = code;
    this.jurors = jurors;
    this.title = el("span", { ...official });
    this.mandatory = el("span", { class: "small dim", hidden: true }, ` ${t("obligatoire")}`);
    this.cells = new Map(jurors.map((seat) => [seat, el("td", { "data-label": context.shortName(seat) }, markSign())]));
    this.radios = { A: this.#radio("A"), NA: this.#radio("NA") };
    this.choice = el("fieldset", { class: "choice" },
      el("legend", { class: "vh" }, t("Consensus proposé pour {code}", { code })), this.#label("A", "check"),
      this.#label("NA", "dash"));
    this.proposal = el("span", { class: "j-proposal" }, markSign());
    this.state = el("span", { class: "state" }, icon("clock"), el("span"));
    this.confirming = el("button",
      {
        class: "btn", type: "button", id: `confirm-${code}`, "data-act": "ConfirmConsensus",
        on: { click: () => this.confirm() },
      },
      icon("check"), t("Confirmer"));
    this.withdrawing = el("button",
      {
        class: "j-link", type: "button", id: `withdraw-${code}`, "data-act": "WithdrawConfirmation",
        on: { click: () => this.#withdraw() },
      },
      t("revenir"));
    this.near = el("div", { class: "j-near" });
    this.row = el("tr", { id: code, "data-competency": code, tabindex: -1 },
      el("th", { scope: "row" }, el("b", { class: "num" }, code), " ", this.title, this.mandatory),
      ...this.cells.values(),
      el("td", { class: "j-consensus", "data-label": t("Consensus") },
        el("div", { class: "row gap-2 nowrap" }, this.choice, this.proposal, this.confirming, this.withdrawing),
        el("div", { class: "j-agreed" }, this.state), this.near));
    this.saidRow = el("tr", { class: "said" }, el("td", { colspan: jurors.length + 2 }, el("ul")));
  }

  /**
   * @param {ConsensusRow} row
   * @param {Deliberation} deliberation
   * @param {boolean} differs
   */
  update(row, deliberation, differs) {
    this.#shown = row;
    const competency = this.context.hearing.blocks?.flatMap((block) => block.competencies)
      .find((one) => one.code === this.code);
    text(this.title, competency?.title);
    show(this.mandatory, competency?.mandatory);
    for (const [seat, cell] of this.cells) drawMark(cell, row.own[seat]?.mark ?? null);
    this.#proposes = this.context.may("ProposeConsensus");
    show(this.choice, this.#proposes);
    show(this.proposal, !this.#proposes);
    drawMark(this.proposal, row.proposed);
    if (this.#chosen && this.context.view.position >= this.#chosen.position) this.#chosen = null;
    this.#check(row);
    this.#mayConfirm = row.competency in deliberation.to_confirm;
    this.#confirmable();
    show(this.withdrawing, row.may_withdraw);
    this.#state(row);
    classes(this.row, { open: differs && !row.reached && !row.disputed });
    classes(this.saidRow, { open: differs && !row.reached && !row.disputed });
    this.#said(row);
  }

  /** @returns {boolean} whether there is something to act on here */
  focus() {
    const target = this.#proposes ? (this.radios.NA.checked ? this.radios.NA : this.radios.A)
      : this.#mayConfirm ? this.confirming
        : this.row;
    target.focus();
    this.row.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** The president proposes. @param {Mark} mark */
  choose(mark) {
    if (!this.#proposes) return;
    this.radios[mark].focus();
    this.radios[mark].checked = true;
    this.#propose(mark);
  }

  /** Confirms the mark that is shown, and no other. */
  confirm() {
    const row = this.#shown;
    if (!this.#mayConfirm || !row?.proposed) return;
    void this.context.act(this.confirming, "ConfirmConsensus", { marks: { [this.code]: row.proposed } }, this.near);
  }

  #withdraw() {
    void this.context.act(this.withdrawing, "WithdrawConfirmation", { competency: this.code }, this.near);
  }

  /** @param {Mark} mark */
  async #propose(mark) {
    const chosen = { mark, position: Infinity };
    this.#chosen = chosen;
    const answer = await this.context.act(this.radios[mark], "ProposeConsensus", { marks: { [this.code]: mark } },
      this.near);
    if (this.#chosen !== chosen) return;
    if (answer?.ok && this.context.view.position < (answer.position ?? 0)) chosen.position = answer.position ?? 0;
    else this.#chosen = null;
    if (this.#shown) this.#check(this.#shown);
  }

  /** @param {ConsensusRow} row */
  #check(row) {
    const shown = this.#chosen?.mark ?? (row.disputed ? null : row.proposed);
    for (const [mark, radio] of Object.entries(this.radios)) radio.checked = mark === shown;
  }

  /** A confirm button that goes while it has the focus leaves it on its row. */
  #confirmable() {
    const focused = !this.#mayConfirm && document.activeElement === this.confirming;
    show(this.confirming, this.#mayConfirm);
    if (focused) this.row.focus({ preventScroll: true });
  }

  /** @param {Mark} mark */
  #radio(mark) {
    return el("input", {
      type: "radio", name: `consensus-${this.code}`, id: `consensus-${this.code}-${mark}`, value: mark,
      class: mark === "NA" && "na", "data-act": "ProposeConsensus", on: { change: () => this.#propose(mark) },
    });
  }

  /**
   * @param {Mark} mark
   * @param {string} sign
   */
  #label(mark, sign) {
    return el("label", null, this.radios[mark],
      el("span", null,
        el("span", { class: "vh" }, mark === "A" ? t("Acquis,") : t("Non acquis,"), " "), icon(sign), mark));
  }

  /** @param {ConsensusRow} row */
  #state(row) {
    const waiting = row.awaited.map((seat) => (seat === this.context.me ? t("vous")
      : this.context.shortName(seat)));
    classes(this.state, { ok: row.reached, warn: row.disputed });
    setIcon($("svg", this.state), row.disputed ? "flag" : row.reached ? "check-o" : "clock");
    text($("span", this.state), row.disputed ? t("désaccord transmis") : row.reached ? t("accord des trois")
      : row.proposed ? t("à confirmer : {names}", { names: waiting.join(", ") }) : t("pas encore proposé"));
    attr(this.row, "data-state",
      row.disputed ? "disputed" : row.reached ? "reached" : row.proposed ? "proposed" : "open");
  }

  /** What each wrote; agreed rows say only what was written. @param {ConsensusRow} row */
  #said(row) {
    const said = this.jurors.filter((seat) => row.own[seat]?.words || row.own[seat]?.not_shown);
    show(this.saidRow, said.length);
    keyed($("ul", this.saidRow), said, (seat) => seat, () => el("li", null, el("strong"), el("span")), (node, seat) => {
      const own = row.own[seat];
      text($("strong", node), this.context.shortName(seat));
      text($("span", node),
        `, ${t("{mark} : {said}", {
          mark: own.mark ?? "",
          said: [own.not_shown && t("non démontrée"), quoted(own.words)].filter(Boolean).join(". "),
        })}`);
    });
  }
}

function markSign() {
  return el("span", { class: "mark" }, icon("dash"), el("span", { class: "vh" }), el("b"));
}

/**
 * @param {HTMLElement} place
 * @param {Mark | null} mark
 */
function drawMark(place, mark) {
  const sign = $(".mark", place);
  classes(sign, { a: mark === "A" });
  const svg = $("svg", sign);
  setIcon(svg, mark === "A" ? "check" : "dash");
  svg.toggleAttribute("hidden", !mark);
  text($(".vh", sign), mark === "A" ? t("acquis") : mark === "NA" ? t("non acquis") : t("pas de note"));
  text($("b", sign), mark ?? "");
}
