/**
 * What a screen reader says by itself: each thing once, one after the other, politely. The page has one region for it
 * (#announcer), outside everything that is redrawn (X2).
 * @typedef {import("../view").Happened} Happened
 */
import { seatPath } from "./page.js";

/** Two messages in the same instant would be read as one, or the first not at all. */
const APART_MS = 700;
const KEPT_MS = 20000;
const HEARD = `announced ${seatPath}`;

/** @type {{words: string, urgent: boolean}[]} */
const queue = [];
let busy = false;

/**
 * @param {string} words
 * @param {{urgent?: boolean}} [options] urgent interrupts: for what cannot wait, a call for help
 */
export function announce(words, { urgent = false } = {}) {
  if (!words) return;
  queue.push({ words, urgent });
  if (!busy) next();
}

function next() {
  const one = queue.shift();
  busy = Boolean(one);
  if (!one) return;
  const region = document.getElementById(one.urgent ? "announcer-now" : "announcer");
  if (region) {
    const said = document.createElement("p");
    said.textContent = one.words;
    region.append(said);
    setTimeout(() => said.remove(), KEPT_MS);
  }
  setTimeout(next, APART_MS);
}

/**
 * Announces what happened since the last time, across reloads.
 * @param {Happened[] | undefined} happened
 */
export function announceHappened(happened) {
  if (!happened?.length) return;
  let heard = Number(sessionStorage.getItem(HEARD) ?? 0);
  for (const one of happened) {
    if (one.position <= heard) continue;
    heard = one.position;
    announce(one.words, { urgent: !one.polite });
  }
  sessionStorage.setItem(HEARD, String(heard));
}
