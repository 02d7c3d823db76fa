/**
 * The movable split between the room and the tools (WAI-ARIA APG, window splitter): drag it, or use the arrows. Where
 * it was put is remembered in this browser.
 */
import { attr } from "../../lib/dom.js";

const KEPT = "juror split";
const STEP = 2;

export class Split {
  /**
   * @param {HTMLElement} handle role="separator", its bounds in aria-valuemin and aria-valuemax, percents
   * @param {HTMLElement} room carries --split
   */
  constructor(handle, room) {
    this.handle = handle;
    this.room = room;
    const kept = Number(localStorage.getItem(KEPT));
    if (kept) this.#move(kept, false);
    handle.addEventListener("pointerdown", (event) => this.#hold(event));
    handle.addEventListener("keydown", (event) => this.#key(event));
  }

  get #value() {
    return Number(this.handle.getAttribute("aria-valuenow"));
  }

  /** @param {PointerEvent} event */
  #hold(event) {
    event.preventDefault();
    this.handle.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ moved) => {
      const box = this.room.getBoundingClientRect();
      this.#move((100 * (moved.clientX - box.left)) / box.width);
    };
    this.handle.addEventListener("pointermove", move);
    this.handle.addEventListener("lostpointercapture", () => this.handle.removeEventListener("pointermove", move),
      { once: true });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    /** @type {Record<string, number>} */
    const to = {
      ArrowLeft: this.#value - STEP, ArrowRight: this.#value + STEP, Home: this.#bound("min"), End: this.#bound("max"),
    };
    const value = to[event.key];
    if (value === undefined) return;
    event.preventDefault();
    this.#move(value);
  }

  /** @param {"min" | "max"} which */
  #bound(which) {
    return Number(this.handle.getAttribute(`aria-value${which}`));
  }

  /**
   * @param {number} percent
   * @param {boolean} [remember]
   */
  #move(percent, remember = true) {
    const value = Math.round(Math.min(this.#bound("max"), Math.max(this.#bound("min"), percent)));
    attr(this.handle, "aria-valuenow", value);
    this.room.style.setProperty("--split", `${value}fr`);
    this.room.style.setProperty("--rest", `${100 - value}fr`);
    if (remember) localStorage.setItem(KEPT, String(value));
  }
}
