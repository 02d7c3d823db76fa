/**
 * A suspected fraud in the room, one step after the other (R6.5): the president tells the candidate, the candidate
 * answers or does not, the president decides. Everything is the server's to say: whoever presides takes it up where it
 * is, after a reload or in another's place.
 * @typedef {import("../../view").IncidentView} IncidentView
 * @typedef {import("../context.js").Context} Context
 */
import { everyTick, serverTime } from "../../lib/clock.js";
import { $, attr, el, keyed, show, text } from "../../lib/dom.js";
import { hhmm, mmss, quoted, t } from "../../lib/i18n.js";
import { ask } from "../../lib/sending/ask.js";
import { whenNoted } from "./noted.js";

const STEPS = ["tell", "answer", "decide"];

/**
 * Which suspicion the script is about now: the one that was told last and waits, else the first still to be told.
 * @param {IncidentView[] | undefined} incidents
 * @returns {IncidentView | null}
 */
export function inScript(incidents) {
  const running = incidents?.find(({ script }) => script && script.step !== "done");
  return running ?? incidents?.find(({ untold }) => untold) ?? null;
}

export class Script {
  /** @type {number | null} the step's incident, to say once that it has moved on */
  #shown = null;

  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    $("#script-say").addEventListener("click", () => void this.#send("#script-say", "TellSanctions"));
    $("#script-missed").addEventListener("click", () => this.#missed());
    $("#script-on").addEventListener("click", () => void this.#send("#script-on", "DecideSuspicion",
      { course: "go_on" }));
    $("#script-stop").addEventListener("click", () => this.#stop());
    everyTick((now) => this.#when(now));
  }

  /** @returns {IncidentView | null} */
  get #one() {
    const { hearing } = this.context.view;
    return hearing?.stage === "in_room" ? inScript(hearing.incidents) : null;
  }

  update() {
    const one = this.#one;
    show($("#script"), one);
    if (!one) {
      this.#shown = null;
      return;
    }
    const { name } = this.context.hearing.candidate;
    text($("#script-title"), t("Présomption de fraude : {kind}", { kind: one.kind_words }));
    text($("#script-when"), whenNoted(one));
    this.#steps(one);
    this.#tell(one, name);
    this.#answer(one, name);
    if (this.#shown !== one.position) clearRefusal();
    this.#shown = one.position;
  }

  /** Shows it, from the list of what was noted. */
  go() {
    $("#script").scrollIntoView({ block: "nearest" });
    $("#script-title").focus();
  }

  /** @param {IncidentView} one */
  #steps(one) {
    const now = STEPS.indexOf(one.script?.step ?? "tell");
    for (const [n, node] of [...$("#script-steps").children].entries()) {
      attr(node, "aria-current", n === now ? "step" : null);
      attr(node, "data-done", n < now ? "true" : null);
    }
  }

  /**
   * @param {IncidentView} one
   * @param {string} name
   */
  #tell(one, name) {
    show($("#script-tell"), !one.script && one.may_tell);
    text($("#script-text"), t("{name}, le jury a noté un fait qu’il veut faire examiner : {kind}. Rien n’est décidé, "
      + "et cela n’accuse personne : d’autres personnes que ce jury décideront. Le temps est arrêté. Vous allez lire "
      + "ce qui a été noté ; vous pouvez répondre, ou ne pas répondre. Je dois vous rappeler les sanctions prévues :",
    { name, kind: one.kind_words }));
    keyed($("#script-sanctions"), (this.context.hearing.sanctions ?? []).map((words) => ({ words })),
      ({ words }) => words, ({ words }) => el("li", null, words));
    const others = !one.script && !one.may_tell ? t("{president} choisit le moment et le dit à {name}.",
      { president: this.context.president, name })
      : one.script?.step === "decide" && !one.script.may_decide ? t("{president} décide de la suite.",
        { president: this.context.president }) : "";
    text($("#script-others"), others);
    show($("#script-others"), others);
  }

  /**
   * @param {IncidentView} one
   * @param {string} name
   */
  #answer({ script }, name) {
    show($("#script-wait"), script?.step === "answer");
    text($("#script-wait-words"), t("{name} a sous les yeux ce qui a été noté, et peut répondre, ou ne pas répondre. "
      + "Le temps est arrêté : il ne lui est pas compté.", { name }));
    show($("#script-missing"), script && script.missed_from !== null);
    show($("#script-answer"), script?.how);
    text($("#script-how"), script?.how === "given"
      ? t("Sa réponse, signée « {signed} », à {hour}",
        { signed: script.signed ?? "", hour: hhmm(script.answered_at ?? 0) })
      : script?.how === "declined" ? t("{name} a choisi de ne pas répondre maintenant.", { name })
        : t("Aucune réponse n’a pu être prise"));
    const said = $("#script-said");
    text(said, quoted(script?.answer ?? null));
    show(said, script?.how && script.how !== "declined");
    show($("#script-decide"), script?.may_decide);
    this.#when(serverTime.now());
  }

  /** From when on the president may write that none came. @param {number} now */
  #when(now) {
    const from = this.#one?.script?.missed_from ?? null;
    if (from === null) return;
    attr($("#script-missed"), "aria-disabled", now < from ? "true" : null);
    text($("#script-missed-from"), now < from
      ? t("possible dans {time}, ou si la personne quitte la salle", { time: mmss(from - now) }) : "");
  }

  #missed() {
    const one = this.#one;
    if (!one || $("#script-missed").getAttribute("aria-disabled")) return;
    void ask({
      command: "RecordUnanswered", fields: this.#fields(one), title: t("Aucune réponse n’est possible"),
      yes: t("L’écrire au dossier"), reason: "required", label: t("Ce qui s’est passé"),
      words: [t("La personne est partie, ou n’a rien dit. Ce n’est pas une réponse : elle pourra répondre plus tard, "
        + "par écrit.")],
    });
  }

  #stop() {
    const one = this.#one;
    if (!one) return;
    const { name } = this.context.hearing.candidate;
    void ask({
      by: this.context.decided("DecideSuspicion", { inDialog: true }), command: "DecideSuspicion",
      fields: { ...this.#fields(one), course: "stop" }, title: t("Arrêter l’épreuve"), yes: t("Arrêter l’épreuve"),
      bad: true, reason: "required", label: t("Pourquoi ?"),
      words: [t("L’épreuve de {name} s’arrête ici, sans délibération. Vos raisons entrent au dossier.", { name }),
        t("Rien n’est décidé sur la fraude elle-même : l’organisme certificateur l’examine.")],
    });
  }

  /** @param {IncidentView} one */
  #fields(one) {
    return { hearing: this.context.hearing.id, incident: one.position };
  }

  /**
   * @param {string} button
   * @param {string} command
   * @param {Record<string, unknown>} [fields]
   */
  async #send(button, command, fields = {}) {
    const one = this.#one;
    if (!one) return;
    const answer = await this.context.act($(button), command, { ...this.#fields(one), ...fields },
      $("#script-refusal"));
    if (answer?.ok && !$("#script").hidden) $("#script-title").focus();
  }
}

/** What was refused about another suspicion says nothing about this one. */
function clearRefusal() {
  $("#script-refusal").replaceChildren();
}
