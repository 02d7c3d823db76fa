/**
 * What a page says of a person beside their name.
 * @typedef {import("../view").Person} Person
 */
import { t } from "./i18n.js";

/**
 * "pour les employeurs, préside le jury"
 * @param {Pick<Person, "role_words" | "president">} person
 */
export function roleOf({ role_words: words, president }) {
  return [words, president && t("préside le jury")].filter(Boolean).join(", ");
}

/** Those who sit for this candidate: the server says who. @param {import("../view").View} view */
export function juryOf({ jury, people }) {
  return people.filter((person) => jury.includes(person.seat));
}
