/**
 * Facts for the record: two doors, an incident or a suspected fraud (R6.5, R7.1). Phase, clock and author are the
 * server's to fill in; the words and whether it is one or the other are a person's.
 * @typedef {import("../context.js").Context} Context
 */
import { everyTick, reading } from "../../lib/clock.js";
import { $, attr, classes, el, icon, keyed, show, text } from "../../lib/dom.js";
import { Draft } from "../../lib/drafts.js";
import { mmss, t } from "../../lib/i18n.js";
import { answersIn, drawAsks } from "../../lib/kind-asks.js";
import { chips, lacking } from "../../lib/sending/ask.js";
import { captureAddress, takeCapture } from "./capture.js";
import { redraw, row } from "./noted.js";

export class Incidents {
  #fraud = false;
  /** @type {string[]} captures to join */
  #evidence = [];
  #kind = chips("incident-kind", []);
  /** @type {Draft<{fraud: boolean, kind: string, words: string, answers?: Record<string, string>, evidence: string[],
   * open: boolean}>} */
  #draft = new Draft("incident");

  /**
   * @param {Context} context
   * @param {() => void} tell goes where a suspicion is told to the candidate
   */
  constructor(context, tell) {
    this.context = context;
    this.tell = tell;
    this.form = /** @type {HTMLFormElement} */ ($("#incident-form"));
    this.area = /** @type {HTMLTextAreaElement} */ ($("#incident-words"));
    $("#door-incident").addEventListener("click", () => this.#enter(false));
    $("#door-fraud").addEventListener("click", () => this.#enter(true));
    $("#incident-cancel").addEventListener("click", () => this.#shut());
    $("#incident-other").addEventListener("click", () => { this.#door(!this.#fraud); this.#keep(); });
    $("#incident-capture").addEventListener("click", () => this.#capture());
    this.form.addEventListener("submit", (event) => { event.preventDefault(); void this.#record(); });
    this.form.addEventListener("keydown", (event) => event.key === "Escape" && this.#shut());
    this.form.addEventListener("input", () => { this.#asks(); this.#keep(); });
    $("#visible-toggle").addEventListener("click", () => this.#visible());
    everyTick((now) => this.form.hidden || this.#when(now));
  }

  /**
   * Another candidate, or the page anew: what was begun about this one and not sent is there again.
   * @returns {boolean} whether the form was open
   */
  reset() {
    this.#draft = new Draft("incident", this.context.view.hearing?.id ?? "");
    const left = this.#draft.get();
    show(this.form, false);
    if (left?.open) this.#open(left.fraud);
    return Boolean(left?.open);
  }

  update() {
    const { hearing } = this.context;
    const { name } = hearing.candidate;
    const here = hearing.stage === "in_room";
    const incidents = [...(hearing.incidents ?? [])].reverse();
    show($("#incidents-none"), !incidents.length);
    keyed($("#incidents"), incidents, (one) => `${hearing.id}/${one.position}`, (one) => row(one, this.tell), redraw);
    show($("#incident-capture").parentElement ?? this.form, this.context.may("TakeCapture"));
    const act = this.context.offered("RequireVisible");
    show($("#visible"), here && (act || hearing.required_visible));
    text($("#visible-state"),
      hearing.required_visible ? t("C’est demandé, et écrit sur l’écran de {name}.", { name })
        : t("Le jury peut demander à {name} de rester visible. Sa demande est écrite au dossier.", { name }));
    const toggle = $("#visible-toggle");
    show(toggle, act);
    attr(toggle, "aria-pressed", String(hearing.required_visible));
    text($("#visible-words"), act?.label);
    return incidents.length;
  }

  /**
   * A fact that the page has told: a person says what it is, and sends it or not.
   * @param {string} words
   */
  begin(words) {
    this.#enter(!this.form.hidden && this.#fraud);
    if (!this.area.value.includes(words)) this.area.value = [this.area.value, words].filter(Boolean).join("\n");
    this.#keep();
  }

  /** @param {boolean} fraud */
  #enter(fraud) {
    this.#open(fraud);
    this.#keep();
    $("#incident-title").focus();
  }

  /** With what was begun and not sent. @param {boolean} fraud */
  #open(fraud) {
    const left = this.#draft.get();
    this.#evidence = left?.evidence ?? [];
    this.area.value = left?.words ?? "";
    lacking($("#incident-refusal"), "");
    attr(this.area, "aria-invalid", null);
    show(this.form, true);
    this.#door(fraud);
    this.#kind.value = left?.kind ?? "";
    this.#asks(left?.answers);
    this.#drawEvidence();
  }

  /** Closed without sending: the words are kept for the next time. */
  #shut() {
    const door = this.#fraud ? "#door-fraud" : "#door-incident";
    show(this.form, false);
    if (this.area.value || this.#kind.value || this.#evidence.length) this.#keep();
    else this.#draft.clear();
    $(door).focus();
  }

  #keep() {
    this.#draft.set({
      fraud: this.#fraud, kind: this.#kind.value, words: this.area.value, answers: answersIn($("#incident-ask")),
      evidence: this.#evidence,
      open: !this.form.hidden,
    });
  }

  /** Words and pictures stay when the other door is chosen. @param {boolean} fraud */
  #door(fraud) {
    this.#fraud = fraud;
    this.#kind = chips("incident-kind", this.#kinds.map(({ kind, words }) => [kind, words]));
    $("#incident-kinds").replaceChildren(this.#kind.node);
    this.#asks();
    classes(this.form, { fraud });
    text($("#incident-title"), fraud ? t("Présomption de fraude") : t("Incident"));
    text($("#incident-kind-legend"), fraud ? t("Que présumez-vous ?") : t("Quel incident ?"));
    $("#incident-words-label").replaceChildren(
      fraud ? t("Quels faits avez-vous constatés ?") : t("Dites ce que vous avez constaté"), " ",
      el("span", { class: "dim" }, t("(obligatoire)")));
    show($("#incident-after-fraud"), fraud);
    show($("#incident-after"), !fraud);
    text($("#incident-other"), fraud ? t("C’est plutôt un incident") : t("C’est plutôt une présomption de fraude"));
    const send = $("#incident-send");
    classes(send, { bad: fraud, main: !fraud });
    send.replaceChildren(...(fraud ? [icon("stop")] : []),
      fraud ? t("Inscrire la présomption") : t("Consigner l’incident"));
  }

  /** What the kind chosen asks. @param {Record<string, string>} [left] what was answered already */
  #asks(left) {
    drawAsks($("#incident-ask"), this.#kinds, this.#kind.value, left);
  }

  get #kinds() {
    return this.context.hearing.incident_doors?.[this.#fraud ? "fraud" : "incident"] ?? [];
  }

  /** @param {number} now */
  #when(now) {
    const { hearing } = this.context.view;
    const clock = hearing?.clock ? `, ${mmss(reading(hearing.clock, now).elapsed)}` : "";
    text($("span", $("#incident-when")), hearing ? `${hearing.phase_words}${clock}` : "");
  }

  async #capture() {
    const taken = await takeCapture(this.context, $("#incident-capture"), $("#incident-capture-refusal"));
    if (taken) this.#evidence.push(taken);
    this.#keep();
    this.#drawEvidence();
  }

  #drawEvidence() {
    keyed($("#incident-captures"), this.#evidence.map((id) => ({ id })), ({ id }) => id, ({ id }) => el("li", null,
      el("img", { src: captureAddress(id), alt: t("Image jointe") }),
      el("button", { class: "btn quiet", type: "button", on: { click: () => this.#leaveOut(id) } },
        icon("trash"), t("Retirer"))));
  }

  /** @param {string} id of a picture */
  #leaveOut(id) {
    this.#evidence = this.#evidence.filter((one) => one !== id);
    this.#keep();
    this.#drawEvidence();
    $("#incident-capture").focus();
  }

  async #record() {
    const words = this.area.value.trim();
    const kind = this.#kind.value;
    const why = !kind ? t("Choisissez d’abord de quoi il s’agit.")
      : !words ? t("Dites en quelques mots ce que vous avez constaté.")
        : "";
    lacking($("#incident-refusal"), why);
    attr(this.area, "aria-invalid", why && !words ? "true" : null);
    if (why) return kind ? this.area.focus() : undefined;
    const answer = await this.context.act($("#incident-send"), "RecordIncident",
      {
        kind, suspected_fraud: this.#fraud, words, evidence: this.#evidence, answers: answersIn($("#incident-ask")),
      }, $("#incident-refusal"));
    if (!answer?.ok) return;
    this.area.value = "";
    this.#kind.value = "";
    this.#evidence = [];
    this.#asks();
    this.#shut();
  }

  async #visible() {
    const act = this.context.offered("RequireVisible");
    if (act) await this.context.act($("#visible-toggle"), "RequireVisible", act.fields, $("#visible-refusal"));
  }
}
