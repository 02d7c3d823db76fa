// The words a script says. The French text stands in the script; the page brings the translations, if it needs any.

/** @type {ReadonlyMap<string, string>} */
const translations = new Map(Object.entries(JSON.parse(globalThis.document?.getElementById("texts")?.textContent
  || "{}")));

const plural = new Intl.PluralRules(globalThis.document?.documentElement.lang || "fr");

/** "d’Hélène", "d’Anne": before these "de" is elided. */
const ELIDED = /^[aeiouyhàâäéèêëîïôöùûü]/i;

/**
 * French with its no-break spaces, as `spaced` in server/i18n.py has them.
 * @param {string} text
 * @returns {string}
 */
function spaced(text) {
  return text.replace(/ (?=[?!;%])/g, "\u202f").replace(/ (?=»|:(?!\/\/))/g, "\u00a0").replaceAll("« ", "«\u00a0");
}

/**
 * The text in the page's language, its `{named}` places filled in.
 * @param {string} text the French text, written out: it is what the catalogue is made from
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(text, values = {}) {
  const translated = translations.get(text);
  return (translated ?? spaced(text)).replace(/(\bde )?\{(\w+)\}/g, (place, of = "", name) => {
    if (!Object.hasOwn(values, name)) return place;
    const value = String(values[name]);
    return (of && translated === undefined && ELIDED.test(value) ? "d’" : of) + value;
  });
}

/**
 * One of two texts, by number: `tn("{n} minute", "{n} minutes", n)`.
 * @param {string} one
 * @param {string} other
 * @param {number} n fills the place `{n}`
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function tn(one, other, n, values = {}) {
  const text = plural.select(n) === "one" ? one : other;
  return t(text, { n, ...values });
}
