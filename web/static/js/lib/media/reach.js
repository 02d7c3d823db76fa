/**
 * Do picture and sound get through at all? One answer for the page, from all its connections: where the server answers
 * and no path to it ever opens, a network or a policy stops them, and nobody would know from the event stream alone.
 *
 * @typedef {"" | "blocked" | "unable"} Reach blocked: no path opens · unable: this browser has live video switched off
 * (able.js says so on the page)
 */
import { tell, untell } from "../banner.js";
import { t } from "../i18n.js";

/** A path that was slow to open once, or a server that was starting anew, is no network that lets nothing through. */
const VAIN_MOST = 2;

/** @type {Map<object, number>} by connection: how often it was begun since it last held; 0: it holds */
const begun = new Map();
/** @type {Set<(reach: Reach) => void>} */
const listeners = new Set();
/** @type {Reach} */
let now = "";
let off = false;

/** @param {(reach: Reach) => void} listener called at once, then at each change */
export function onReach(listener) {
  listeners.add(listener);
  listener(now);
}

/** The server has answered this connection. @param {object} link */
export function begins(link) {
  begun.set(link, (begun.get(link) ?? 0) + 1);
  draw();
}

/** @param {object} link */
export function holds(link) {
  begun.set(link, 0);
  draw();
}

/** Nobody wants it any more. @param {object} link */
export function ends(link) {
  if (begun.delete(link)) draw();
}

/** The browser makes no connection at all. */
export function unable() {
  off = true;
  draw();
}

/**
 * Says under the bar that nothing gets through, and what to do.
 * @param {Reach} reach
 * @param {() => void} [help] calls the organizer, for who is not the organizer
 */
export function tellReach(reach, help) {
  if (reach !== "blocked") return untell("reach");
  tell({
    id: "reach", kind: "bad", icon: "net-low", title: t("Ni image ni son ne passent par ce réseau."),
    words: t("La page, elle, est bien reliée : un pare-feu ou un VPN arrête sans doute la vidéo. "
      + "Coupez le VPN, ou essayez un autre réseau, par exemple le partage de connexion d’un téléphone. "
      + "Nous réessayons sans arrêt."),
    ...(help ? { action: { words: t("Prévenir l’organisateur"), run: help } } : {}),
  });
}

function draw() {
  const counts = [...begun.values()];
  const next = off ? "unable" : counts.some((one) => one > VAIN_MOST) && !counts.includes(0) ? "blocked" : "";
  if (next === now) return;
  now = next;
  for (const listener of listeners) listener(now);
}
