/**
 * The one bar of every page of the room: who, phase and steps, clock, my connection, help, and the one primary act
 * (`view.next`) with its reason where it cannot be pressed. The `bar` macro writes it; this keeps it true.
 *
 * @typedef {import("../view").View} View
 * @typedef {import("../view").Act} Act
 * @typedef {import("../view").Hearing} Hearing
 */
import { announceHappened } from "./announce.js";
import { tell, untell } from "./banner.js";
import { everyTick, reading, serverTime } from "./clock.js";
import { $, attr, classes, el, keyed, setIcon, show, text } from "./dom.js";
import { forgetOver } from "./drafts.js";
import { openHelp } from "./help.js";
import { duration, hour, isoDuration, mmss, t } from "./i18n.js";
import { onReach, tellReach } from "./media/reach.js";
import { tellMessages } from "./messages.js";
import { act } from "./sending/act.js";

/** A cut shorter than this is not worth frightening anybody. */
const CUT_MS = 1500;


export class Bar {
  #stream;
  #onAct;
  #bar = $("[data-bar]");
  /** @type {View | null} */
  #view = null;
  /** @type {import("./media/reach.js").Reach} */
  #reach = "";

  /**
   * @param {import("./stream.js").RoomStream} stream
   * @param {object} [options]
   * @param {(act: Act, button: HTMLElement) => boolean} [options.onAct] true: it has dealt with the press
   */
  constructor(stream, { onAct } = {}) {
    this.#stream = stream;
    this.#onAct = onAct;
    this.#bar.querySelector("[data-help]")?.addEventListener("click", () => openHelp());
    stream.onView((view) => this.#draw(view));
    stream.onLine(() => this.#drawLine());
    stream.onLive(() => this.#drawLine());
    onReach((reach) => {
      this.#reach = reach;
      tellReach(reach, this.#bar.querySelector("[data-help]") ? openHelp : undefined);
      this.#drawLine();
    });
    everyTick((now) => this.#tick(now));
  }

  /** @param {View} view */
  #draw(view) {
    this.#view = view;
    serverTime.hint(view.now);
    forgetOver(view);
    const hearing = view.hearing;
    const who = this.#bar.querySelector("[data-who]");
    if (who) text(who, hearing ? hearing.candidate.name : view.seat.name);
    text($("[data-phase]", this.#bar), hearing?.phase_words ?? t("Journée du jury"));
    text($("[data-next]", this.#bar), hearing?.next_words ? t("Ensuite : {next}", { next: hearing.next_words }) : "");
    const track = $("[data-steps]", this.#bar);
    show(track, hearing?.steps.length);
    keyed(track, hearing?.steps ?? [], (step) => step.words,
      (step) => el("li", null, el("span", { class: "vh" }, step.words)),
      (node, step) => {
        classes(node, { done: step.state === "done" });
        attr(node, "aria-current", step.state === "now" && "step");
      });
    this.#drawAct(view.next);
    this.#drawPause(hearing);
    tellMessages(view);
    announceHappened(view.happened);
    this.#drawLine();
  }

  /** @param {Act | null} next */
  #drawAct(next) {
    const slot = $("[data-act]", this.#bar);
    keyed(slot, next ? [next] : [], (one) => one.command, (one) => {
      const button = el("button", { class: "btn main", type: "button", "data-act": one.command }, el("span"));
      button.addEventListener("click", () => this.#press(button));
      return el("div", { class: "bar-slot" }, el("p", { class: "bar-why", id: "bar-why" }), button);
    }, (node, one) => {
      const button = $("button", node);
      text($("span", button), one.label);
      const said = [one.allowed ? null : one.why, one.warning].filter(Boolean).join(" ");
      text($(".bar-why", node), said);
      attr(button, "aria-disabled", one.allowed ? null : "true");
      attr(button, "aria-describedby", said ? "bar-why" : null);
    });
  }

  /** @param {HTMLElement} button */
  #press(button) {
    const next = this.#view?.next;
    if (!next) return;
    if (!next.allowed) return;
    if (this.#onAct?.(next, button)) return;
    void act(button, next.command, next.fields, { near: $("#bar-refusal") });
  }

  /**
   * The candidate and the jury read in the sentence above the room what it means for them.
   * @param {Hearing | null} hearing
   */
  #drawPause(hearing) {
    const role = this.#view?.seat.role;
    if (!hearing?.clock?.paused || !hearing.timed || role === "candidate") return untell("pause");
    const words = role === "juror" ? undefined : t("Rien n’est décompté. Il repartira quand le jury le dira.");
    tell({ id: "pause", kind: "info", icon: "pause", title: t("Le temps est arrêté."), words });
  }

  #drawLine() {
    const { state, since } = this.#stream.line;
    const seat = this.#view?.seat.seat;
    const own = seat ? this.#stream.live.quality[seat] : undefined;
    const lost = state === "lost" || (state === "connecting" && Date.now() - since > CUT_MS);
    const level = lost || this.#reach ? "lost" : own?.level ?? "good";
    const words = lost ? t("perdue, nous réessayons")
      : this.#reach ? t("sans image ni son")
        : own?.words ?? (state === "connecting" ? t("en cours…") : t("bonne"));
    const net = $("[data-net]", this.#bar);
    show(net, state !== "shut" && state !== "over");
    classes(net, { ok: level === "good", warn: level === "fair" || level === "poor", bad: level === "lost" });
    text($("[data-net-words]", net), words);
    setIcon($("svg", net), level === "lost" ? "cut" : level === "good" ? "net" : "net-low");
    if (lost && state === "lost") setTimeout(() => this.#tellCut(), CUT_MS);
    else untell("line");
  }

  #tellCut() {
    const { state, since } = this.#stream.line;
    if (state !== "lost" || Date.now() - since < CUT_MS) return;
    tell({
      id: "line", kind: "warn", icon: "cut", title: t("La connexion est coupée."),
      words: t("Nous la rétablissons sans vous. Ne fermez pas cette page : vous reviendrez où vous étiez."),
    });
  }

  /** @param {number} now */
  #tick(now) {
    const hearing = this.#view?.hearing;
    const box = this.#bar.querySelector("[data-clock]");
    if (!(box instanceof HTMLElement)) return;
    const clock = hearing?.clock;
    show(box, hearing && (clock || hearing.phase === "scheduled"));
    if (!hearing || box.hidden) return;
    if (clock) drawClock(box, clock, now);
    else drawStart(box, hearing.starts_at, now, this.#view?.seat.role === "candidate");
  }
}

/**
 * @param {HTMLElement} box what the macro `clock` wrote
 * @param {import("../view").Clock} clock
 * @param {number} now server time
 */
export function drawClock(box, clock, now) {
  const read = reading(clock, now);
  const shown = read.over > 0 ? read.over : Math.ceil(read.remaining / 1000) * 1000;
  const time = $("time", box);
  text(time, (read.over > 0 ? "+" : "") + mmss(shown));
  attr(time, "datetime", isoDuration(shown));
  const notes = [read.over > 0 ? t("au-delà de {total}", { total: duration(read.total) })
    : t("restent sur {total}", { total: duration(read.total) })];
  if (read.paused) notes.unshift(t("en pause"));
  if (clock.given_back > 0) notes.push(t("{time} rendues", { time: mmss(clock.given_back) }));
  text($("small", box), notes.join(" · "));
  const progress = box.querySelector("progress");
  if (progress) {
    show(progress, true);
    attr(progress, "max", read.total);
    attr(progress, "value", Math.min(read.total, Math.floor(read.elapsed / 1000) * 1000));
  }
  const near = clock.announce.filter((mark) => mark > 0).sort((a, b) => a - b)[0] ?? 0;
  classes(box, { paused: read.paused, over: read.over > 0, near: !read.over && read.remaining <= near });
}

/**
 * @param {HTMLElement} box
 * @param {number} startsAt
 * @param {number} now
 * @param {boolean} own the reader's own examination
 */
function drawStart(box, startsAt, now, own) {
  const time = $("time", box);
  text(time, hour(startsAt));
  attr(time, "datetime", new Date(startsAt).toISOString());
  const wait = startsAt - now;
  const day = 24 * 3600 * 1000;
  const near = wait > day ? t("début prévu")
    : wait > 60000 ? t("début prévu, dans {time}", { time: duration(wait) })
      : wait > 0 ? t("début prévu, dans un instant")
        : own ? t("début prévu, bientôt à vous")
          : t("début prévu");
  text($("small", box), near);
  const progress = box.querySelector("progress");
  if (progress) show(progress, false);
}
