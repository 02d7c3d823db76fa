/**
 * How the page is laid out: the stage and the documents, the movable split, the tabs, and the deliberation in their
 * place. Which tab is open is the juror's choice; the phase only chooses when it changes.
 * @typedef {import("../../view").View} View
 * @typedef {import("../../lib/stream.js").RoomStream} RoomStream
 */
import { $, $$, attr, drawn, el, show, text } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { Stage } from "../../lib/media/stage.js";
import { Tabs } from "../../lib/tabs.js";
import { largeOf } from "./large.js";
import { Split } from "./split.js";

/**
 * The tab that matters when a phase begins: in the room the identity, until there is something to mark.
 * @param {View["hearing"]} hearing
 */
function tabOf(hearing) {
  if (hearing?.marking || hearing?.stage === "private") return "panel-grid";
  return hearing?.stage === "in_room" ? "panel-identity" : "panel-jury";
}

export class Desk {
  #phase = "";
  /** The jury looks at the record again while it deliberates. */
  #browsing = false;
  /** The picture of the candidate that this juror put large, "seat/source". */
  #chosen = "";

  /**
   * @param {RoomStream} stream
   * @param {Tabs} tabs
   */
  constructor(stream, tabs) {
    const stage = $("#stage");
    this.large = el("div", { class: "j-large" });
    this.strip = el("div", { class: "strip" });
    stage.append(this.large, this.strip);
    this.main = $("#main");
    this.tabs = tabs;
    this.stream = stream;
    this.stage = new Stage(stream, {
      place: (person, source) =>
        (this.mode === "desk" && `${person.seat}/${source}` === this.#large ? this.large : this.strip),
      onTile: (tile, { person, source }) => this.#offer(tile.element, person, source),
    });
    // What is shared next stands large again, whatever was chosen before.
    stream.onLive(({ sources }) => {
      const shared = sources.some((one) => one.source === "second" && this.#chosen.startsWith(`${one.seat}/`));
      if (!shared) this.#chosen = "";
    });
    new Split($("#split"), this.main);
    $("#to-record").addEventListener("click", () => this.#browse(true));
    $("#to-council").addEventListener("click", () => this.#browse(false));
  }

  get mode() {
    return this.main.dataset.mode;
  }

  get #large() {
    return this.stream.view ? largeOf(this.stream.view, this.stream.live, this.#chosen) : "";
  }

  /**
   * The candidate's picture that stands small is a button that puts it large.
   * @param {HTMLElement} tile
   * @param {import("../../view").Person} person
   * @param {"main" | "second"} source
   */
  #offer(tile, person, source) {
    if (person.role !== "candidate") return;
    let button = /** @type {HTMLElement | null} */ (tile.querySelector(".j-enlarge"));
    if (!button) {
      button = el("button", {
        class: "j-enlarge", type: "button", on: { click: () => this.#choose(`${person.seat}/${source}`) },
      });
      tile.append(button);
    }
    const words = source === "second" ? t("Voir en grand ce que partage {name}", { name: person.name })
      : t("Voir {name} en grand", { name: person.name });
    attr(button, "aria-label", words);
    attr(button, "title", words);
    show(button, this.mode === "desk" && this.#large !== `${person.seat}/${source}`);
  }

  /** @param {string} key "seat/source" */
  #choose(key) {
    this.#chosen = key;
    this.stage.draw();
    // The button pressed is gone from under the focus: the other picture has it now.
    const other = this.strip.querySelector(".j-enlarge:not([hidden])");
    if (other instanceof HTMLElement) other.focus();
  }

  /** @param {View} view */
  update(view) {
    const { hearing } = view;
    const phase = hearing ? `${hearing.id} ${hearing.phase}` : "none";
    const opened = this.#phase !== phase;
    const first = this.#phase === "";
    this.#phase = phase;
    this.deliberating = Boolean(hearing?.deliberation && hearing.stage === "private");
    if (opened) this.#browsing = false;
    this.#layout();
    for (const tab of $$('[role="tab"]', $("#work"))) {
      show(tab, this.#has(view, tab.getAttribute("aria-controls") ?? ""));
    }
    // A juror who was quicker than the first view is not taken away from what they have opened.
    if (!opened || (first && this.tabs.chosen && this.#has(view, this.tabs.selected))) return;
    const tab = tabOf(hearing);
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
    const target = [node, ...node.querySelectorAll(usable)]
      .find((one) => one.matches(usable) && one instanceof HTMLElement && drawn(one));
    node.scrollIntoView({ block: "center" });
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  }
}
