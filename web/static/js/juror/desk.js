/**
 * How the page is laid out: the stage and the documents, the movable split, the tabs, and the deliberation in their
 * place. Which tab is open is the juror's choice; the phase only chooses when it changes.
 * @typedef {import("../view").View} View
 * @typedef {import("../lib/stream.js").RoomStream} RoomStream
 */
import { $, $$, attr, el, show, text } from "../lib/dom.js";
import { Stage } from "../lib/media.js";
import { Tabs } from "../lib/tabs.js";
import { Split } from "./split.js";

/** The tab that matters when a phase begins. */
const TAB_OF = {
  scheduled: "panel-jury", adjourned: "panel-jury", postponed: "panel-jury", welcome: "panel-identity", presentation: "panel-grid",
  questions: "panel-grid", grading: "panel-grid", closed: "panel-jury", no_show: "panel-jury", stopped: "panel-jury",
};

export class Desk {
  #phase = "";
  /** The jury looks at the record again while it deliberates. */
  #browsing = false;

  /** @param {RoomStream} stream */
  constructor(stream) {
    const stage = $("#stage");
    this.large = el("div", { class: "j-large" });
    this.strip = el("div", { class: "strip" });
    stage.append(this.large, this.strip);
    this.main = $("#main");
    this.tabs = new Tabs($('[role="tablist"]', $("#work")));
    this.stage = new Stage(stream, { place: (person, source) => (this.mode === "desk" && person.role === "candidate" && source === "main" ? this.large : this.strip) });
    new Split($("#split"), this.main);
    $("#to-record").addEventListener("click", () => this.#browse(true));
    $("#to-council").addEventListener("click", () => this.#browse(false));
  }

  get mode() {
    return this.main.dataset.mode;
  }

  /** @param {View} view */
  update(view) {
    const { hearing } = view;
    const phase = hearing ? `${hearing.id} ${hearing.phase}` : "none";
    const opened = this.#phase !== phase;
    this.#phase = phase;
    this.deliberating = Boolean(hearing?.deliberation && hearing.phase === "deliberation");
    if (opened) this.#browsing = false;
    this.#layout();
    for (const tab of $$('[role="tab"]', $("#work"))) show(tab, this.#has(view, tab.getAttribute("aria-controls") ?? ""));
    if (!opened) return;
    const tab = /** @type {Record<string, string>} */ (TAB_OF)[hearing?.phase ?? "scheduled"] ?? "panel-grid";
    this.tabs.select(this.#has(view, tab) ? tab : "panel-jury");
  }

  /**
   * What this seat has nothing to see of has no tab.
   * @param {View} view
   * @param {string} panel
   */
  #has({ hearing }, panel) {
    if (panel === "panel-jury") return true;
    if (panel === "panel-identity") return Boolean(hearing && "opinions" in hearing.identity);
    if (panel === "panel-incidents") return Boolean(hearing?.incidents);
    return Boolean(hearing?.grid);
  }

  #layout() {
    const council = this.deliberating && !this.#browsing;
    const mode = council ? "council" : "desk";
    if (this.mode !== mode) {
      attr(this.main, "data-mode", mode);
      this.stage.draw();
    }
    show($("#council"), council);
    show($("#outcome"), council);
    show($("#work"), !council);
    show($("#split"), !council);
    show($("#to-council"), this.deliberating);
    show($("#to-record"), this.deliberating);
  }

  /** @param {boolean} browsing */
  #browse(browsing) {
    this.#browsing = browsing;
    this.#layout();
    $(browsing ? "#to-council" : "#to-record").focus();
  }

  /**
   * @param {string} panel
   * @param {string | number} words
   */
  count(panel, words) {
    text($("b", $(`#tab-${panel}`)), words);
  }

  /**
   * Shows a place of the page and puts the focus there, in a tab or in the deliberation.
   * @param {string} place "#C1.2"
   */
  go(place) {
    const node = document.getElementById(place.replace(/^#/, ""));
    if (!node) return;
    const panel = node.closest('[role="tabpanel"]');
    if (panel && $("#work").contains(panel)) {
      if (this.deliberating) this.#browse(true);
      this.tabs.select(panel.id);
    } else if (this.deliberating) this.#browse(false);
    const usable = "input:not(:disabled), button:not([hidden]), textarea, [tabindex]";
    const target = [node, ...node.querySelectorAll(usable)].find((one) => one.matches(usable) && one instanceof HTMLElement && one.checkVisibility());
    node.scrollIntoView({ block: "center" });
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  }
}
