/**
 * The day as rows in time order: who, which phase with its clock, the seats as people, whom one waits for.
 * @typedef {import("../view").Board} Board
 * @typedef {import("../view").BoardSession} BoardSession
 * @typedef {import("../view").BoardHearing} BoardHearing
 * @typedef {import("./detail.js").Detail} Detail
 * @typedef {{session: BoardSession, hearing: BoardHearing}} Row
 */
import { $, attr, classes, el, icon, keyed, setIcon, show, text } from "../lib/dom.js";
import { date, hour, official, t, tn } from "../lib/i18n.js";
import { isPrivate, peopleNow, phaseLine, seatsLine, stateOf } from "./states.js";

const OPEN = "board rows open";

export class Rows {
  /** @type {Row[]} */
  #rows = [];
  /** @type {Set<string>} */
  #open = new Set(JSON.parse(sessionStorage.getItem(OPEN) ?? "[]"));
  /** @type {Map<string, Detail>} */
  #details = new Map();

  /** @param {(row: Row) => Detail} detail makes what a row opens to */
  constructor(detail) {
    this.detail = detail;
  }

  /** @param {Board} board */
  update(board) {
    this.#rows = board.sessions.flatMap((session) => session.hearings.map((hearing) => ({ session, hearing })));
    const days = [...new Set(board.sessions.map((one) => one.date))].sort();
    keyed($("#days"), days, (day) => day,
      (day) => el("section", { class: "stack gap-2", "aria-label": date(day) }, el("h2"),
        el("div", { class: "stack gap-2 o-notes" }), el("div", { class: "rows" })),
      (node, day) => {
        const title = $("h2", node);
        text(title, date(day));
        classes(title, { vh: days.length === 1 });
        drawNotes(node, board.sessions.filter((one) => one.date === day && one.without_agreement !== null));
        const rows = this.#rows.filter((one) => one.session.date === day)
          .sort((a, b) => a.hearing.starts_at - b.hearing.starts_at);
        keyed($(".rows", node), rows, keyOf, (row) => this.#create(row), (one, row) => this.#update(one, row));
      });
  }

  /**
   * Opens the row of a person, and goes there.
   * @param {string} session
   * @param {string} seat
   */
  reveal(session, seat) {
    const rows = this.#rows.filter((one) =>
      one.session.id === session && one.hearing.people.some((person) => person.seat === seat));
    const row = rows.find((one) => one.hearing.current) ?? rows[0];
    if (!row) return;
    this.#open.add(keyOf(row));
    this.#remember(row);
    const button = document.getElementById(`open-${keyOf(row)}`);
    button?.scrollIntoView({ block: "start" });
    button?.focus();
  }

  /** @param {number} now server time */
  tick(now) {
    for (const row of this.#rows) {
      const node = document.getElementById(`row-${keyOf(row)}`);
      if (node) drawPhase(node, row.hearing, now);
    }
  }

  /** @param {Row} row */
  #create(row) {
    const key = keyOf(row);
    const button = el("button",
      {
        class: "btn quiet", type: "button", id: `open-${key}`, "aria-controls": `detail-${key}`,
        on: { click: () => this.#toggle(key) },
      },
      el("span", { class: "hide-phone" }), icon("down"));
    return el("div", null, el("article", { class: "session", id: `row-${key}` },
      el("time", { class: "at" }), el("div", null, el("h3"), el("p", { class: "dim", ...official })),
      el("div", { class: "ph" }, el("p", null, el("span", { class: "state" })), el("p", { class: "dim num" })),
      el("div", { class: "st" }, el("ul", { class: "seats" }),
        el("p", { class: "small" }, el("span", { class: "state" }, icon("dash"), el("span")))),
      el("div", { class: "aw" }, el("p", { class: "who" }), el("p", { class: "dim" }), el("div", { class: "o-tags" })),
      button),
      el("div", { class: "o-detail", id: `detail-${key}`, hidden: true }));
  }

  /** @param {string} key */
  #toggle(key) {
    if (!this.#open.delete(key)) this.#open.add(key);
    const row = this.#rows.find((one) => keyOf(one) === key);
    if (row) this.#remember(row);
  }

  /** @param {Row} row */
  #remember(row) {
    sessionStorage.setItem(OPEN, JSON.stringify([...this.#open]));
    const node = document.getElementById(`row-${keyOf(row)}`)?.parentElement;
    if (node) this.#update(node, row);
  }

  /**
   * @param {HTMLElement} node
   * @param {Row} row
   */
  #update(node, row) {
    const { session, hearing } = row;
    const article = $("article", node);
    classes(article, { live: hearing.stage === "in_room" || isPrivate(hearing), past: hearing.stage === "over" });
    const at = $("time.at", node);
    text(at, hour(hearing.starts_at));
    attr(at, "datetime", new Date(hearing.starts_at).toISOString());
    text($("h3", node), hearing.name);
    text($("h3 + p", node), session.short_certification);
    drawSeats(node, hearing);
    drawAwaited(node, hearing);
    this.#drawOpen(node, row);
  }

  /**
   * @param {HTMLElement} node
   * @param {Row} row
   */
  #drawOpen(node, row) {
    const key = keyOf(row);
    const open = this.#open.has(key);
    const button = $(`#open-${CSS.escape(key)}`, node);
    attr(button, "aria-expanded", String(open));
    attr(button, "aria-label",
      open ? t("Fermer : {name}", { name: row.hearing.name }) : t("Ouvrir : {name}", { name: row.hearing.name }));
    text($("span", button), open ? t("Fermer") : t("Ouvrir"));
    setIcon($("svg", button), open ? "fold" : "down");
    const place = $(".o-detail", node);
    show(place, open);
    if (!open) return;
    const detail = this.#details.get(key) ?? this.detail(row);
    this.#details.set(key, detail);
    if (detail.element.parentElement !== place) place.replaceChildren(detail.element);
    detail.update(row);
  }
}

/** @param {Row} row */
export function keyOf({ session, hearing }) {
  return `${session.id}-${hearing.id}`;
}

/**
 * What stands over a whole session: its provider has no agreement on the day.
 * @param {HTMLElement} node
 * @param {BoardSession[]} sessions
 */
function drawNotes(node, sessions) {
  const place = $(".o-notes", node);
  show(place, sessions.length > 0);
  keyed(place, sessions, (one) => one.id, () => el("div", { class: "note warn" }, icon("alert"),
    el("div", null, el("p"), el("p", { class: "dim small", ...official }))), (one, session) => {
    text($("p", one), session.without_agreement ?? "");
    text($("p + p", one), session.certification);
  });
}

/**
 * @param {HTMLElement} node
 * @param {BoardHearing} hearing
 * @param {number} now
 */
function drawPhase(node, hearing, now) {
  const line = phaseLine(hearing, now);
  const state = $(".ph .state", node);
  classes(state, { ok: line.tone === "ok", warn: line.tone === "warn", strong: hearing.stage === "in_room" });
  keyed(state, [{ icon: line.icon, words: line.title }], (one) => one.icon,
    (one) => el("span", { class: "state" }, one.icon && icon(one.icon), el("span")),
    (one, { words }) => {
      text($("span", one), words);
    });
  text($(".ph > p + p", node), line.detail);
}

/**
 * @param {HTMLElement} node
 * @param {BoardHearing} hearing
 */
function drawSeats(node, hearing) {
  const empty = Array.from({ length: hearing.empty_seats }, (_, n) => n);
  keyed($(".seats", node), [...peopleNow(hearing), ...empty],
    (one) => (typeof one === "number" ? `empty-${one}` : one.seat),
    () => el("li", { class: "seat" }, el("span", { "aria-hidden": "true" }), icon("dash"), el("span", { class: "vh" })),
    (one, person) => {
      const vacant = typeof person === "number";
      const state = vacant ? { icon: "x", tone: "bad", words: t("siège vide") } : stateOf(person, hearing);
      classes(one, {
        bad: !vacant && state.tone === "bad", warn: state.tone === "warn", off: !vacant && !state.tone, empty: vacant,
      });
      text($("span", one), vacant ? "?" : person.initials);
      setIcon($("svg", one), state.icon === "net" ? "check" : state.icon);
      text($(".vh", one), vacant ? state.words : t("{name} : {state}", { name: person.name, state: state.words }));
    });
  const line = seatsLine(hearing);
  const state = $(".st .state", node);
  classes(state, { ok: line.tone === "ok", warn: line.tone === "warn", bad: line.tone === "bad" });
  setIcon($("svg", state), line.icon);
  text($("span", state), line.words);
  show(state, hearing.stage !== "over");
}

/**
 * @param {HTMLElement} node
 * @param {BoardHearing} hearing
 */
function drawAwaited(node, hearing) {
  text($(".aw .who", node), hearing.awaited_who || t("Rien n’est attendu"));
  classes($(".aw .who", node), { strong: hearing.awaited_you });
  text($(".aw .dim", node), hearing.awaited);
  const incidents = hearing.incidents ?? [];
  const fraud = incidents.filter((one) => one.suspected_fraud).length;
  const tags = [
    ...(hearing.case_open ? [{ id: "case", kind: "bad", icon: "flag", words: t("dossier ouvert") }] : []),
    ...(hearing.aid_absent ? [{ id: "aid", kind: "warn", icon: "users", words: t("aide non connectée") }] : []),
    ...(incidents.length
      ? [{
        id: "incidents", kind: "warn", icon: "alert",
        words: tn("{n} incident noté", "{n} incidents notés", incidents.length),
      }]
      : []),
    ...(fraud
      ? [{
        id: "fraud", kind: "bad", icon: "flag",
        words: tn("dont {n} présomption de fraude", "dont {n} présomptions de fraude", fraud),
      }]
      : []),
    ...hearing.missing.filter((one) => one !== hearing.awaited)
      .map((words) => ({ id: words, kind: "", icon: "doc", words })),
  ];
  keyed($(".o-tags", node), tags, (tag) => tag.id,
    (tag) => el("span", { class: `tag ${tag.kind}` }, icon(tag.icon), el("span")),
    (one, tag) => text($("span", one), tag.words));
}
