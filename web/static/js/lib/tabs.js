/**
 * Tabs (WAI-ARIA APG, automatic activation; X2): arrows move, Home and End go to the ends. Written by the `tabs` macro:
 * [role=tablist] > [role=tab][aria-controls], and the panels they name.
 */
import { $$, attr, show } from "./dom.js";

export class Tabs {
  #tabs;
  #chosen = false;
  /** @type {Set<(id: string) => void>} */
  #listeners = new Set();

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#tabs = $$("[role=tab]", list);
    list.addEventListener("click", (event) => {
      const tab = /** @type {HTMLElement} */ (event.target).closest("[role=tab]");
      if (tab) this.#choose(/** @type {HTMLElement} */ (tab));
    });
    list.addEventListener("keydown", (event) => this.#key(event));
    this.select(this.selected);
  }

  /** @param {HTMLElement} tab */
  #idOf(tab) {
    return tab.getAttribute("aria-controls") ?? "";
  }

  /** The id of the panel shown. */
  get selected() {
    return this.#idOf(this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? this.#tabs[0]);
  }

  /** Whether the person, and not the page alone, has chosen a tab. */
  get chosen() {
    return this.#chosen;
  }

  /**
   * @param {HTMLElement} tab
   * @param {{focus?: boolean}} [options]
   */
  #choose(tab, options) {
    this.#chosen = true;
    this.select(this.#idOf(tab), options);
  }

  /** @param {(panel: string) => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
  }

  /**
   * @param {string} panel
   * @param {{focus?: boolean}} [options]
   */
  select(panel, { focus = false } = {}) {
    for (const tab of this.#tabs) {
      const on = this.#idOf(tab) === panel;
      attr(tab, "aria-selected", String(on));
      attr(tab, "tabindex", on ? 0 : -1);
      const shown = document.getElementById(this.#idOf(tab));
      if (shown) show(shown, on);
      if (on && focus) tab.focus();
      if (on) reveal(tab);
    }
    for (const listener of this.#listeners) listener(panel);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const tabs = this.#tabs.filter((tab) => !tab.hidden);
    const at = tabs.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0) return;
    const last = tabs.length - 1;
    /** @type {Record<string, number>} */
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#choose(tabs[next], { focus: true });
  }
}

/**
 * Scrolls a row of tabs, and nothing else, until one of them is in full sight.
 * @param {HTMLElement} tab
 */
export function reveal(tab) {
  const list = tab.parentElement;
  if (!list) return;
  const [row, own] = [list.getBoundingClientRect(), tab.getBoundingClientRect()];
  if (own.left < row.left) list.scrollLeft += own.left - row.left;
  else if (own.right > row.right) list.scrollLeft += own.right - row.right;
}
