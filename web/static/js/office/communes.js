/**
 * Communes are proposed while the one of birth is typed, as they were on the day of the birth: of two of one name the
 * right one is chosen by its code. Without a script the name or the code is typed whole.
 */
import { $, el } from "../lib/dom.js";

const PAUSE_MS = 250;
const LEAST = 2;
const field = /** @type {HTMLInputElement} */ ($("[name=birth_commune]"));
const born = /** @type {HTMLInputElement} */ ($("[name=birth_date]"));
const from = location.pathname.replace(/\/candidacies\/.*$/, "/candidacies/communes");
const list = el("datalist", { id: "communes" });
let waiting = 0;

field.after(list);
field.setAttribute("list", list.id);
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = window.setTimeout(propose, PAUSE_MS);
});

async function propose() {
  const typed = field.value.trim();
  if (typed.length < LEAST) return;
  const asked = new URLSearchParams({ q: typed, on: born.value });
  const answer = await fetch(`${from}?${asked}`).catch(() => null);
  if (!answer?.ok || field.value.trim() !== typed) return;
  list.replaceChildren(.../** @type {string[]} */ (await answer.json()).map((one) => el("option", { value: one })));
}
