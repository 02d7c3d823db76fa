/**
 * Calls for help: at the top, with sound and words, until somebody has settled them.
 * @typedef {import("../view").Board} Board
 * @typedef {Board["calls"][number]} Call
 */
import { announce } from "../lib/announce.js";
import { $, attr, classes, el, icon, keyed, show, text } from "../lib/dom.js";
import { duration, hour, quoted, t, tn } from "../lib/i18n.js";
import { act } from "../lib/sending/act.js";
import { playNotes } from "../lib/sound.js";
import { senderOf, writeToRoom } from "./asks.js";

/** An unanswered call is heard again this often. */
const AGAIN_MS = 20000;

export class Calls {
  /** @type {Board | null} */
  #board = null;
  #heard = new Set();
  #sound = false;
  #title = document.title;

  /** @param {(session: string, seat: string) => void} onShow opens the row of who calls */
  constructor(onShow) {
    this.onShow = onShow;
    $("#sound").addEventListener("click", () => this.#switch());
    setInterval(() => { if (this.#open.length) this.#ring(); }, AGAIN_MS);
  }

  get #open() {
    return (this.#board?.calls ?? []).filter((call) => !call.settled);
  }

  /** @param {Board} board */
  update(board) {
    this.#board = board;
    keyed($("#calls"), this.#open, keyOf, (call) => this.#card(call), (node, call) => {
      text($("strong", node), t("{name} : {words}", { name: call.from, words: said(call) }));
    });
    const fresh = this.#open.filter((call) => !this.#heard.has(keyOf(call)));
    for (const call of fresh) {
      this.#heard.add(keyOf(call));
      announce(t("{name} demande de l’aide : {words}", { name: call.from, words: said(call) }), { urgent: true });
    }
    if (fresh.length) this.#ring();
    const n = this.#open.length;
    document.title = n ? `(${tn("{n} appel", "{n} appels", n)}) ${this.#title}` : this.#title;
    this.#settled(board.calls.filter((call) => call.settled));
  }

  /** @param {number} now server time */
  tick(now) {
    for (const call of this.#open) {
      const node = document.getElementById(`call-${keyOf(call)}`);
      const session = this.#board?.sessions.find((one) => one.id === call.session);
      const hearing = session?.hearings.find((one) =>
        one.people.some((person) => person.seat === call.seat) && one.current);
      const since = now - call.at < 60000 ? t("à l’instant") : t("depuis {time}", { time: duration(now - call.at) });
      if (node) {
        text($(".small", node),
          [session?.short_certification, since, hearing?.phase_words].filter(Boolean).join(" · "));
      }
    }
  }

  /** @param {Call} call */
  #card(call) {
    const settle = el("button", { class: "btn", type: "button" }, icon("check"), t("C’est réglé"));
    settle.addEventListener("click", () => void this.#settle(settle, call));
    return el("article", { class: "call", id: `call-${keyOf(call)}` }, icon("sound"),
      el("p", null, el("strong"), el("br"), el("span", { class: "small" })),
      el("div", { class: "row" },
        el("button", { class: "btn", type: "button", on: { click: () => this.onShow(call.session, call.seat) } },
          icon("down"), t("Voir")),
        el("button", { class: "btn bad", type: "button", on: { click: () => this.#answer(call) } }, icon("chat"),
          t("Lui répondre")),
        settle));
  }

  /** @param {Call} call */
  #sessionOf(call) {
    const session = this.#board?.sessions.find((one) => one.id === call.session);
    if (!session) throw new Error("a call without its session");
    return session;
  }

  /** @param {Call} call */
  #answer(call) {
    void writeToRoom(this.#sessionOf(call), call.from);
  }

  /**
   * @param {HTMLElement} button
   * @param {Call} call
   */
  async #settle(button, call) {
    await act(button, "SettleProblem", { problem: call.position }, { by: senderOf(this.#sessionOf(call)) });
  }

  /** @param {Call[]} calls */
  #settled(calls) {
    show($("#settled"), calls.length);
    text($("#settled-count"), tn("{n} appel réglé", "{n} appels réglés", calls.length));
    keyed($("#settled-list"), calls, keyOf,
      (call) => el("li", null, el("span", { class: "dim num" }, hour(call.at)), " ",
        t("{name} : {words}", { name: call.from, words: said(call) })));
  }

  /** A browser lets a page be heard once somebody has pressed something in it. */
  #switch() {
    this.#sound = !this.#sound;
    const button = $("#sound");
    attr(button, "aria-pressed", String(this.#sound));
    classes(button, { main: !this.#sound && this.#open.length > 0 });
    text($("#sound-words"), this.#sound ? t("Alertes sonores ouvertes") : t("Ouvrir les alertes sonores"));
    if (this.#sound) void playNotes();
  }

  #ring() {
    if (this.#sound) void playNotes();
  }
}

/** @param {Call} call */
function keyOf(call) {
  return `${call.session}-${call.position}`;
}

/** What the caller chose, then what they wrote. @param {Call} call */
function said({ kind_words: chosen, words }) {
  return [chosen, chosen ? quoted(words) : words].filter(Boolean).join(". ");
}
