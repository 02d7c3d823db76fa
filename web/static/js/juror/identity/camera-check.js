/**
 * The check at the camera (R6.3): a juror asks for a side, sees how it goes, and what was measured. It helps; it may
 * fail or be left out, and everything above and below it works without.
 * @typedef {import("../../view").IdentityView} IdentityView
 * @typedef {import("../../view").SignalRow} SignalRow
 * @typedef {import("../context.js").Context} Context
 */
import { steadied } from "../../lib/checking.js";
import { $, attr, classes, el, icon, keyed, show, text } from "../../lib/dom.js";
import { hhmm, t } from "../../lib/i18n.js";
import { captureAddress } from "../incidents/capture.js";
import { drawSignals } from "./signals.js";

/** @typedef {"front" | "back"} Side */

/** What is printed in the lines for machines: on the side that bears them. */
const IN_THE_LINES = new Set(["mrz", "expiry", "names"]);

export class CheckPanel {
  #near = $("#check-refusal");
  #steady = steadied();

  /**
   * @param {Context} context
   * @param {import("../../lib/stream.js").RoomStream} stream
   */
  constructor(context, stream) {
    this.context = context;
    this.stream = stream;
    $("#check-end").addEventListener("click",
      (event) => void this.context.act(/** @type {HTMLElement} */ (event.currentTarget), "EndIdentityCheck", {},
        this.#near));
    stream.onLive(() => this.context.view.hearing && this.update());
  }

  update() {
    const { identity } = this.context.hearing;
    if (!("opinions" in identity)) return;
    const open = this.context.may("AskIdentityCheck");
    show($("#asking"), open);
    this.#sides(identity);
    this.#gestures(identity);
    this.#going(identity);
    const { failure, renewed, signals } = identity;
    const nothing = failure ?? renewed;
    show($("#check-failure"), nothing && !identity.check);
    text($("#failure-at"),
      failure ? t("La vérification de {hour} n’a rien donné.", { hour: hhmm(failure.at) })
        : renewed ? t("Copie reçue à {hour}", { hour: hhmm(renewed.at) })
          : "");
    text($("#failure-words"), nothing?.words);
    show($("#measured"), signals);
    text($("#measured-note"),
      signals
        ? t("Sur les images de {hour}. Une mesure aide à regarder, elle peut se tromper : vous comparez, "
          + "le président ou la présidente décide.",
          { hour: hhmm(signals.taken_at) })
        : "");
    drawSignals($("#signals"), signals?.rows ?? [], captureAddress, (row) => (open ? this.#remedies(row) : []));
    attr($("#signals"), "data-position", signals?.position);
  }

  /** @param {IdentityView} identity */
  #sides(identity) {
    const { check, sides } = identity;
    const seconds = this.stream.live.sources.some((one) =>
      one.seat === this.context.hearing.candidate.seat && one.source === "second" && one.state === "live");
    const wanted = [
      ...sides.map((one) => ({ ...one, source: "main" })),
      ...(seconds ? sides.map((one) => ({ ...one, source: "second" })) : []),
    ];
    keyed($("#ask-sides"), wanted, (one) => `${one.side} ${one.source}`, (one) => {
      const button = el("button",
        {
          class: "btn", type: "button", "data-act": "AskIdentityCheck", "data-side": one.side,
          "data-source": one.source,
        },
        icon("id"), el("span"));
      button.addEventListener("click", () => void this.#ask(button, one.side, one.source));
      return button;
    }, (node, one) => {
      const asked = check?.side === one.side && check.source === one.source;
      attr(node, "aria-pressed", String(asked));
      classes(node, { main: !check && !identity.signals && one === wanted[0] });
      const words = one.source === "second" ? t("{side}, deuxième caméra", { side: one.words }) : one.words;
      text($("span", node), words);
    });
  }

  /** @param {IdentityView} identity */
  #gestures({ gesture, gestures }) {
    keyed($("#ask-gestures"), gestures, (one) => one.gesture, (one) => {
      const button = el("button",
        { class: "btn j-gesture", type: "button", "data-act": "AskGesture", "data-gesture": one.gesture },
        icon("check"), el("span"));
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") === "true";
        void this.context.act(button, "AskGesture", { gesture: on ? null : one.gesture }, this.#near);
      });
      return button;
    }, (node, one) => {
      const on = gesture === one.gesture;
      attr(node, "aria-pressed", String(on));
      text($("span", node), one.words);
    });
  }

  /** @param {IdentityView} identity */
  #going({ check, sides }) {
    show($("#check-going"), check);
    show($("#check-end"), this.context.may("AskIdentityCheck"));
    if (!check) return;
    const live = this.#steady(check.at,
      this.stream.live.check?.hearing === this.context.hearing.id ? this.stream.live.check : undefined);
    const side = sides.find((one) => one.side === check.side)?.words ?? "";
    text($("#check-title"), t("Demandé par {name} à {hour} : {side}", { name: check.by, hour: hhmm(check.at), side }));
    text($("#check-words"), live?.words ?? check.words);
    attr($("#check-going"), "data-state", live?.state ?? "waiting");
  }

  /**
   * @param {HTMLElement} button
   * @param {Side} side
   * @param {string} source
   */
  #ask(button, side, source) {
    return this.context.act(button, "AskIdentityCheck", { side, source }, this.#near);
  }

  /**
   * The gesture first: the candidate reads it when the frame appears.
   * @param {HTMLElement} button
   * @param {Side} side
   * @param {SignalRow["gesture"]} gesture
   */
  async #again(button, side, gesture) {
    const done = !gesture || (await this.context.act(button, "AskGesture", { gesture }, this.#near));
    if (done) await this.#ask(button, side, "main");
  }

  /** What a row that could not be measured asks for, as a button. @param {SignalRow} row */
  #remedies(row) {
    const { identity } = this.context.hearing;
    if (row.band !== "not_measurable" || !row.to_do || !("opinions" in identity)) return [];
    const back = identity.sides.find((one) => one.side === "back");
    const asked = identity.signals?.side ?? "front";
    const side = back && IN_THE_LINES.has(row.name) ? back
      : identity.sides.find((one) => one.side === (IN_THE_LINES.has(row.name) ? asked : "front"));
    if (!side) return [];
    const gesture = identity.gestures.find((one) => one.gesture === row.gesture);
    const words = gesture ? t("{gesture} et redemander : {side}", { gesture: gesture.words, side: side.words })
      : t("Redemander : {side}", { side: side.words });
    const again = el("button", { class: "btn", type: "button", "data-act": "AskIdentityCheck", "data-side": side.side },
      icon("refresh"), words);
    again.addEventListener("click", () => void this.#again(again, side.side, row.gesture));
    return [again];
  }
}
