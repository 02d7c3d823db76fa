/** Words (texts.js), dates, hours and durations in the reader's language. */
import { t } from "../texts.js";

export { t, tn } from "../texts.js";

const locale = globalThis.document?.documentElement.lang || "fr";

/** The language of official wording (rules, definitions, competencies, questions), whatever the page's. */
export const OFFICIAL = "fr";

/** For an element that holds official wording: a browser that translates the page leaves it alone. */
export const official = { lang: OFFICIAL, translate: "no" };

/** Says so where the page is in another language; "" where it goes without saying. */
export function officialNote() {
  return locale.startsWith(OFFICIAL) ? "" : t("Le texte officiel est en français.");
}

/** The day of the examination is held by this clock, wherever the reader is. */
export const ZONE = "Europe/Paris";

/**
 * @param {number} ms since the epoch
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(ms, options) {
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }).format(ms);
}

/**
 * The hour in Paris: "9 h 30" with no-break spaces, "09:30".
 * @param {number} ms since the epoch
 */
export function hour(ms) {
  if (!locale.startsWith("fr")) return hhmm(ms);
  const parts = new Intl.DateTimeFormat("fr", { timeZone: ZONE, hour: "numeric", minute: "2-digit" }).formatToParts(ms);
  /** @param {string} type */
  const part = (type) => parts.find((one) => one.type === type)?.value ?? "";
  return `${Number(part("hour"))}\u00a0h\u00a0${part("minute")}`;
}

/**
 * Somebody's words, in the quotation marks of the reader's language; nothing for none.
 * @param {string | null | undefined | false} words
 */
export function quoted(words) {
  return words ? t("« {words} »", { words }) : "";
}

/**
 * "14:02", for dense places.
 * @param {number} ms since the epoch
 */
export function hhmm(ms) {
  return format(ms, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/**
 * "mardi 24 novembre 2026", "mardi 1er décembre 2026"
 * @param {number | string} when ms since the epoch, or YYYY-MM-DD
 */
export function date(when) {
  const ms = typeof when === "number" ? when : Date.parse(`${when}T12:00:00Z`);
  const said = format(ms, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return locale.startsWith("fr") ? said.replace(/ 1 /u, " 1er ") : said;
}

/**
 * "25 min", "1 h 05"; "15 s" under a minute.
 * @param {number} ms
 */
export function duration(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (!hours) return `${minutes} min`;
  return minutes % 60 ? `${hours}\u00a0h\u00a0${String(minutes % 60).padStart(2, "0")}` : `${hours}\u00a0h`;
}

/**
 * "8:42", "1:02:10"; the sign is the caller's.
 * @param {number} ms
 */
export function mmss(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  const end = String(seconds % 60).padStart(2, "0");
  if (minutes < 60) return `${minutes}:${end}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${end}`;
}

/**
 * Same in words, for a `datetime` attribute: "PT8M42S".
 * @param {number} ms
 */
export function isoDuration(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  return `PT${Math.floor(seconds / 60)}M${seconds % 60}S`;
}
