/** The frame to fill with the card, over one's own picture: the shape of an ID-1 card (ISO/IEC 7810). */
import { el } from "../lib/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const CORNERS =
  "M5 110V40Q5 5 40 5H110M746 5H816Q851 5 851 40V110M851 430V500Q851 535 816 535H746M110 535H40Q5 535 5 500V430";

export function frame() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 856 540");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", CORNERS);
  svg.append(path);
  return el("div", { class: "frame" }, svg);
}
