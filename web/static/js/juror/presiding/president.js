/** The controls beside the primary act: pause, always in reach, and the other acts, each with its words. */
import { openDialog } from "../../lib/dialog.js";
import { $, attr, el, icon, setIcon, show, text } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { ask } from "../../lib/sending/ask.js";
import { MORE, questionFor } from "../acts.js";

/**
 * @typedef {import("../../view").Act} Act
 * @typedef {import("../context.js").Context} Context
 */

/** Acts that a form of the page asks for: the bar's button leads there. */
const PLACES = {
  DesignatePresident: "#president-card", GiveIdentityOpinion: "#opinion-form", DecideIdentity: "#identity-form",
  CheckReminder: "#welcome",
  ProposeConsensus: "#council", ConfirmConsensus: "#council", Recommend: "#recommendations", DecideRefusal: "#welcome",
};

export class President {
  /**
   * @param {Context} context
   * @param {(place: string) => void} go shows a place of the page and puts the focus there
   */
  constructor(context, go) {
    this.context = context;
    this.go = go;
    this.pause = $("#pause");
    this.pause.addEventListener("click", () => this.#pause());
    this.more = $("#more");
    this.more.addEventListener("click", () => this.#more());
  }

  update() {
    const paused = Boolean(this.context.view.hearing?.clock?.paused);
    const act = this.context.offered(paused ? "ResumeClock" : "PauseClock");
    const focused = !act && document.activeElement === this.pause;
    show(this.pause, act);
    // Paused, going on is the primary act.
    if (focused) /** @type {HTMLElement | null} */ (document.querySelector(".bar-act .btn"))?.focus();
    attr(this.pause, "data-act", paused ? "ResumeClock" : "PauseClock");
    setIcon($("svg", this.pause), paused ? "play" : "pause");
    text($("span", this.pause), paused ? t("Reprendre") : t("Pause"));
    show(this.more, this.#others.length);
  }

  /** @returns {Act[]} */
  get #others() {
    const { view } = this.context;
    return MORE.flatMap((command) => view.acts.filter((act) => act.command === command));
  }

  /**
   * The bar's primary act is pressed. True when it needs more than to be sent.
   * @param {Act} act
   */
  press(act) {
    const place = /** @type {Record<string, string>} */ (PLACES)[act.command];
    if (place) this.go(place);
    else return this.start(act);
    return true;
  }

  /**
   * Asks what the act needs, then sends it. False when it needs nothing.
   * @param {Act} act
   */
  start(act) {
    const question = questionFor(act, this.context);
    if (!question) return false;
    void ask({ ...question, command: act.command, fields: act.fields });
    return true;
  }

  #pause() {
    const paused = this.context.hearing.clock?.paused;
    const act = this.context.offered(paused ? "ResumeClock" : "PauseClock");
    if (!act) return;
    if (paused || !this.start(act)) void this.context.act(this.pause, act.command, act.fields, $("#bar-refusal"));
  }

  #more() {
    const { close } = openDialog({
      title: t("Autres actes"),
      body: [el("ul", { class: "lines j-acts" }, ...this.#others.map((act) => this.#line(act, () => close())))],
    });
  }

  /** The candidate an act is about, when it is not the one in the bar. @param {Act} act */
  #whose(act) {
    const { view } = this.context;
    return act.fields.hearing === view.hearing?.id ? ""
      : view.day.find((one) => one.id === act.fields.hearing)?.name ?? "";
  }

  /**
   * @param {Act} act
   * @param {() => void} close
   */
  #line(act, close) {
    const question = questionFor(act, this.context);
    const button = el("button",
      { class: "btn", type: "button", "data-act": act.command, "aria-disabled": act.allowed ? null : "true" },
      act.label);
    const line = el("li", null, el("div", { class: "row nowrap" },
      el("div", { class: "grow" },
        el("p", { class: "small dim" }, [this.#whose(act), question?.words[0]].filter(Boolean).join(". ")),
        !act.allowed && act.why && el("p", { class: "small j-why" }, icon("lock"), act.why)), button));
    button.addEventListener("click", async () => {
      if (!act.allowed) return;
      if (!question) {
        const answer = await this.context.act(button, act.command, act.fields, line);
        if (answer?.ok) close();
        return;
      }
      close();
      void ask({ ...question, command: act.command, fields: act.fields });
    });
    return line;
  }
}
