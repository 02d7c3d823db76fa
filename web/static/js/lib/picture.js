/** A picture that the server keeps; where it does not come, why stands in its place. */
import { el, icon, show, text } from "./dom.js";
import { t } from "./i18n.js";

/**
 * @param {HTMLImageElement} image
 * @returns {HTMLElement} to be put beside it
 */
export function whyMissing(image) {
  const words = el("span");
  const why = el("p", { class: "wrong", role: "alert", hidden: true }, icon("alert"), words);
  image.addEventListener("load", () => {
    show(image, true);
    show(why, false);
  });
  image.addEventListener("error", () => {
    show(image, false);
    show(why, true);
    void tellMissing(words, image.src);
  });
  return why;
}

/**
 * Why the picture at this address does not come: the server's words where it has any.
 * @param {HTMLElement} words
 * @param {string} address
 */
export async function tellMissing(words, address) {
  text(words, t("L’image n’est pas arrivée. Rouvrez-la dans un instant."));
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (response.ok) return;
    const { refusal } = await response.json();
    if (refusal) text(words, refusal);
  } catch {
    // What stands there already is right.
  }
}
