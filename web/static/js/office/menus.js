/**
 * Of the navigation's menus one is open at a time: a press elsewhere closes it, and so does Escape, which goes back to
 * its words. Without a script each is opened and closed by its own words.
 */
import { $$ } from "../lib/dom.js";

const menus = /** @type {HTMLDetailsElement[]} */ ($$("[data-menu]"));

for (const menu of menus)
  menu.addEventListener("toggle", () => {
    if (menu.open) for (const other of menus) if (other !== menu) other.open = false;
  });

document.addEventListener("pointerdown", (press) => {
  for (const menu of menus) if (!menu.contains(/** @type {Node} */ (press.target))) menu.open = false;
});

document.addEventListener("keydown", (press) => {
  const open = menus.find((menu) => menu.open);
  if (press.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary")?.focus();
});
