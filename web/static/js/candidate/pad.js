/** A drawing pad: what the pen does becomes an SVG path in a box of 600 by 200. */
import { t } from "../lib/i18n.js";
import { announce } from "../lib/announce.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 600;
const HEIGHT = 200;
/** Points closer than this add nothing to a signature but length. */
const STEP = 3;
/** A dot is no signature. */
const FEWEST = 8;

export class Pad {
  #box;
  #line = document.createElementNS(SVG, "path");
  /** @type {[number, number][][]} */
  #strokes = [];

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.append(this.#line);
    box.append(svg);
    box.addEventListener("pointerdown", (event) => {
      box.setPointerCapture(event.pointerId);
      this.#strokes.push([]);
      this.#add(event);
    });
    box.addEventListener("pointermove", (event) => {
      if (event.buttons && box.hasPointerCapture(event.pointerId)) this.#add(event);
    });
  }

  /** The path, "" while there is no signature. */
  get path() {
    return this.#strokes.flat().length < FEWEST ? "" : pathOf(this.#strokes);
  }

  clear() {
    this.#strokes = [];
    this.#line.setAttribute("d", "");
    announce(t("La zone est vide."));
  }

  /** @param {PointerEvent} event */
  #add(event) {
    const area = this.#box.getBoundingClientRect();
    const x = Math.round(((event.clientX - area.left) / area.width) * WIDTH);
    const y = Math.round(((event.clientY - area.top) / area.height) * HEIGHT);
    const stroke = this.#strokes[this.#strokes.length - 1];
    const last = stroke.at(-1);
    if (last && Math.hypot(x - last[0], y - last[1]) < STEP) return;
    stroke.push([clamp(x, WIDTH), clamp(y, HEIGHT)]);
    this.#line.setAttribute("d", pathOf(this.#strokes));
  }
}

/**
 * @param {number} value
 * @param {number} most
 */
function clamp(value, most) {
  return Math.min(most, Math.max(0, value));
}

/**
 * "M10 20L30 40…": one move and its lines per stroke.
 * @param {[number, number][][]} strokes
 */
export function pathOf(strokes) {
  const points = strokes.flatMap((stroke) => stroke.map(([x, y], n) => `${n ? "L" : "M"}${x} ${y}`));
  return points.join("");
}
