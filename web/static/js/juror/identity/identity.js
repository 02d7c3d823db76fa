/**
 * The identity check (R6.3): the copy beside the live picture, what each juror says, and what the president decides.
 * Nothing is chosen beforehand, and nothing is concluded here.
 * @typedef {import("../../view").IdentityView} IdentityView
 * @typedef {import("../../view").CaptureView} CaptureView
 * @typedef {import("../context.js").Context} Context
 */
import { $, $$, attr, classes, content, el, icon, keyed, setIcon, show, text } from "../../lib/dom.js";
import { date, hhmm, quoted, t } from "../../lib/i18n.js";
import { seatPath } from "../../lib/page.js";
import { juryOf } from "../../lib/role.js";
import { lacking } from "../../lib/sending/ask.js";
import { captureAddress, captureTitle, enlarge, takeCapture } from "../incidents/capture.js";
import { drawQuality } from "./copy-quality.js";

export class Identity {
  /** @type {string | null} the capture shown; null: the newest */
  #chosen = null;
  /** The measured signals whose side is shown already. */
  #measured = 0;

  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.opinion = /** @type {HTMLFormElement} */ ($("#opinion-form"));
    this.decision = /** @type {HTMLFormElement} */ ($("#identity-form"));
    this.taking = $("#identity-capture");
    $("#identity-sides").addEventListener("change", () => this.update());
    this.taking.addEventListener("click", () => this.#take());
    $("#identity-copy").addEventListener("click", () => this.#enlargeCopy());
    $("#identity-live").addEventListener("click", () => this.#enlargeLive());
    this.opinion.addEventListener("submit", (event) => { event.preventDefault(); void this.#giveOpinion(); });
    this.decision.addEventListener("submit", (event) => { event.preventDefault(); void this.#decide(); });
    this.decision.addEventListener("change", () => this.#drawDecision());
  }

  /** @returns {IdentityView | null} null where this seat has no right to it */
  get identity() {
    const { identity } = this.context.hearing;
    return "opinions" in identity ? identity : null;
  }

  /** Another candidate: nothing typed for the last one stays. */
  reset() {
    this.opinion.reset();
    this.decision.reset();
    this.#chosen = null;
  }

  update() {
    const { identity } = this;
    if (!identity) return;
    show(this.taking.parentElement ?? this.taking, this.context.may("TakeCapture"));
    this.#follow(identity);
    this.#compare();
    drawQuality($("#copy-quality"), identity.copies.filter((one) => one.kind === this.#side),
      (button, document) => void this.context.act(button, "AcceptCopy", { document }, $("#copy-refusal")));
    this.#opinions(identity);
    const open = this.context.may("GiveIdentityOpinion");
    show(this.opinion, open);
    show(this.decision, open && this.context.presides);
    const waiting = $("#identity-waiting");
    const others = identity.waiting_for;
    show(waiting, others.length);
    content(waiting, others.join(),
      () => [icon("clock"), el("span", null, t("Pas encore entendus : {names}.", { names: others.join(", ") }))]);
    this.#drawSeen(identity);
    this.#drawDecision();
    this.#decided(identity);
  }

  /** What was just measured is what is looked at. @param {IdentityView} identity */
  #follow({ signals }) {
    if (!signals || signals.position === this.#measured) return;
    this.#measured = signals.position;
    this.#chosen = null;
    const side = /** @type {HTMLInputElement} */ ($(`#identity-sides [value="identity_${signals.side}"]`));
    side.checked = true;
  }

  get #side() {
    return /** @type {HTMLInputElement | null} */ ($("#identity-sides").querySelector(":checked"))?.value
      ?? "identity_front";
  }

  /** @returns {CaptureView | undefined} */
  get #capture() {
    const captures = this.identity?.captures ?? [];
    return captures.find((one) => one.id === this.#chosen) ?? captures.at(-1);
  }

  /** What is shown as the live picture: the chosen capture, or the newest of captures and check. */
  get #live() {
    const capture = this.#capture;
    const { signals } = this.identity ?? {};
    const seen = signals?.rows.find((row) => row.name === "document")?.live;
    if (seen && signals.side === this.#side.replace("identity_", "") && !this.#chosen
      && signals.taken_at > (capture?.at ?? 0)) {
      return {
        id: seen, at: signals.taken_at,
        title: t("Image de la vérification, à {hour}", { hour: hhmm(signals.taken_at) }),
      };
    }
    return capture && { id: capture.id, at: capture.at, title: captureTitle(capture) };
  }

  get #copyAddress() {
    const copy = this.identity?.copies.find((one) => one.kind === this.#side);
    return copy ? `${seatPath}documents/${encodeURIComponent(copy.id)}/pages/1.webp` : "";
  }

  #compare() {
    const { identity } = this;
    if (!identity) return;
    const copy = identity.copies.find((one) => one.kind === this.#side);
    const live = this.#live;
    picture("#identity-copy", this.#copyAddress,
      this.#side === "identity_front" ? t("Copie fournie, recto") : t("Copie fournie, verso"));
    show($("#identity-no-copy"), !copy);
    picture("#identity-live", live ? captureAddress(live.id) : "", live?.title ?? "");
    show($("#identity-no-capture"), !live);
    text($("#identity-capture-at"), live ? t("à {hour}", { hour: hhmm(live.at) }) : "");
    keyed($("#identity-captures"), identity.captures.length > 1 ? identity.captures : [], (one) => one.id,
      (one) => this.#thumbnail(one),
      (node, one) => {
        attr($("button", node), "aria-pressed", String(one.id === live?.id));
      });
  }

  /** @param {CaptureView} capture */
  #thumbnail(capture) {
    const choose = () => { this.#chosen = capture.id; this.#compare(); };
    return el("li", null, el("button", { class: "j-thumb", type: "button", on: { click: choose } },
      el("img", { src: captureAddress(capture.id), alt: captureTitle(capture) }),
      el("small", { class: "num" }, hhmm(capture.at))));
  }

  async #take() {
    const taken = await takeCapture(this.context, this.taking, $("#capture-refusal"));
    if (taken) this.#chosen = taken;
    this.#compare();
  }

  #enlargeCopy() {
    const copy = this.identity?.copies.find((one) => one.kind === this.#side);
    if (copy) enlarge(t("Copie fournie le {date}", { date: date(copy.supplied_at) }), this.#copyAddress);
  }

  #enlargeLive() {
    const live = this.#live;
    if (live) enlarge(live.title, captureAddress(live.id));
  }

  /** @param {IdentityView} identity */
  #opinions(identity) {
    keyed($("#opinions"), juryOf(this.context.view), (person) => person.seat, () => el("li", { class: "row" },
      el("div", { class: "grow" }, el("b"), el("p", { class: "small dim" })),
      el("span", { class: "state" }, icon("clock"), el("span"))), (node, person) => {
      const given = identity.opinions.find((one) => one.seat === person.seat);
      text($("b", node), person.you ? t("{name} (vous)", { name: person.name }) : person.name);
      text($("p", node), quoted(given?.words));
      const state = $(".state", node);
      classes(state, { ok: given?.conform, warn: given && !given.conform });
      const over = identity.state === "decided";
      setIcon($("svg", state), !given ? (over ? "dash" : "clock") : given.conform ? "check-o" : "help");
      text($("span", state),
        !given ? (over ? t("pas d’avis donné") : t("avis attendu"))
          : given.conform ? t("conforme")
            : t("non, ou doute"));
    });
  }

  async #giveOpinion() {
    const button = $("#opinion-send");
    const chosen = this.opinion.querySelector('input[name="conform"]:checked');
    lacking($("#opinion-refusal"), chosen ? "" : t("Choisissez d’abord votre avis."));
    if (!(chosen instanceof HTMLInputElement)) return;
    const words = /** @type {HTMLTextAreaElement} */ ($("#opinion-words")).value.trim();
    await this.context.act(button, "GiveIdentityOpinion", { conform: chosen.value === "yes", words: words || null },
      $("#opinion-refusal"));
  }

  /** @param {"finding" | "course"} name */
  #value(name) {
    return /** @type {HTMLInputElement | null} */ (this.decision.querySelector(`input[name="${name}"]:checked`))?.value
      ?? "";
  }

  /** What may follow from the finding that is chosen. */
  get #found() {
    const finding = this.#value("finding");
    return this.identity?.findings.find((one) => one.finding === finding);
  }

  /** What a finding opens: courses, where there is a choice, and words. */
  #drawDecision() {
    const found = this.#found;
    show($("#courses"), found && found.courses.length > 1);
    for (const label of $$("label", $("#courses"))) {
      const { value } = /** @type {HTMLInputElement} */ ($("input", label));
      show(label, found?.courses.some((course) => course === value));
    }
    show($("#decision-words-field"), found?.needs_words);
    show($("#decision-evidence-field"), found?.needs_words && this.#capture);
  }

  /** On site the document is seen by the jury's own eyes: which one it was is said (X13). @param {IdentityView} one */
  #drawSeen({ on_site: kinds }) {
    const field = /** @type {HTMLSelectElement} */ ($("#seen"));
    show($("#seen-field"), kinds.length);
    content(field, kinds.map((one) => one.identity).join(), () => [
      el("option", { value: "" }, t("Choisissez")),
      ...kinds.map((one) => el("option", { value: one.identity }, one.words))]);
  }

  async #decide() {
    const found = this.#found;
    const chosen = this.#value("course");
    const course = found?.courses.length === 1 ? found.courses[0] : found?.courses.find((one) => one === chosen);
    const area = /** @type {HTMLTextAreaElement} */ ($("#decision-words"));
    const words = found?.needs_words ? area.value.trim() : "";
    const seen = /** @type {HTMLSelectElement} */ ($("#seen")).value;
    const unseen = this.identity?.on_site.length && found?.finding === "conform" && !seen;
    const why = !found ? t("Dites d’abord ce que vous constatez.")
      : unseen ? t("Dites quelle pièce d’identité vous avez vue sur place.")
        : !course ? t("Dites aussi ce que vous décidez.")
          : found.needs_words && !words ? t("Écrivez les faits et vos raisons : ils entrent au dossier.") : "";
    lacking($("#identity-refusal"), why);
    if (why) return found && course ? area.focus() : undefined;
    const joined = /** @type {HTMLInputElement} */ ($("#decision-evidence")).checked && found?.needs_words
      && this.#capture;
    const answer = await this.context.act($("#identity-send"), "DecideIdentity",
      { finding: found?.finding, course, ...(words ? { words } : {}), evidence: joined ? [joined.id] : [],
        ...(seen ? { seen } : {}) },
      $("#identity-refusal"));
    if (answer?.ok && course === "retry") this.reset();
    if (answer?.ok) $("#tab-panel-identity").focus();
  }

  /** @param {IdentityView} identity */
  #decided(identity) {
    const box = $("#identity-decided");
    show(box, identity.state === "decided");
    if (identity.state !== "decided") return;
    const words = [identity.decided_words ?? "", identity.words ?? "",
      t("Décision de {name}, à {hour}.", {
        name: identity.by ?? "", hour: identity.decided_at ? hhmm(identity.decided_at) : "",
      })];
    const key = words.join("|");
    if (box.dataset.key === key) return;
    box.dataset.key = key;
    const conform = identity.finding === "conform";
    box.replaceChildren(el("div", { class: `note ${conform ? "ok" : "warn"}` },
      icon(conform ? "check-o" : "alert"),
      el("div", null,
        el("strong", null, words[0]), words[1] && el("p", null, quoted(words[1])),
        el("p", { class: "small dim" }, words[2]))));
  }
}

/**
 * @param {string} place
 * @param {string} address
 * @param {string} words
 */
function picture(place, address, words) {
  const button = $(place);
  const image = $("img", button);
  show(image, address);
  attr(image, "src", address || null);
  attr(image, "alt", words);
  attr(button, "aria-disabled", address ? null : "true");
}
