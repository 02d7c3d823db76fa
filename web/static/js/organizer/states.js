/**
 * What the board says of a person and of a hearing, in words with a sign: pure, from the board alone.
 * @typedef {import("../view").BoardHearing} BoardHearing
 * @typedef {import("../view").BoardPerson} BoardPerson
 * @typedef {{icon: string, tone: "" | "ok" | "warn" | "bad", words: string}} State
 */
import { reading } from "../lib/clock.js";
import { duration, hour, mmss, t, tn } from "../lib/i18n.js";

const DAY_MS = 24 * 3600 * 1000;
const ORDER = ["bad", "warn", "", "ok"];

/** @param {BoardHearing} hearing the jury is alone about it */
export function isPrivate(hearing) {
  return hearing.stage === "private";
}

/** Those who matter now. @param {BoardHearing} hearing */
export function peopleNow(hearing) {
  return hearing.people.filter((one) => one.part !== "gone");
}

/**
 * @param {BoardPerson} person
 * @param {BoardHearing} hearing
 * @returns {State}
 */
export function stateOf(person, hearing) {
  if (person.recused) return { icon: "x", tone: "warn", words: t("récusation") };
  if (person.part === "gone") return { icon: "dash", tone: "", words: t("a quitté la salle") };
  if (!person.present) {
    if (person.part === "needed" && person.link_opened) {
      return { icon: "cut", tone: "bad", words: t("connexion perdue") };
    }
    if (hearing.stage === "over") return { icon: "dash", tone: "", words: t("plus en ligne") };
    return {
      icon: "dash", tone: "", words: person.link_opened ? t("pas encore là") : t("n’a pas encore ouvert son lien"),
    };
  }
  if (person.level === "lost") return { icon: "cut", tone: "bad", words: person.quality ?? "" };
  if (person.level === "poor" || person.level === "fair") {
    return { icon: "net-low", tone: "warn", words: person.quality ?? "" };
  }
  if (person.level === "good") return { icon: "net", tone: "ok", words: person.quality ?? "" };
  if (person.sends) return { icon: "cam-off", tone: "warn", words: t("ni image ni son") };
  return { icon: "check", tone: "ok", words: t("là") };
}

/**
 * The line under the seats: the worst first.
 * @param {BoardHearing} hearing
 * @returns {State}
 */
export function seatsLine(hearing) {
  const states = peopleNow(hearing).map((person) => ({ person, state: stateOf(person, hearing) }));
  const worst = states.filter((one) => one.state.tone === "bad" || (one.state.tone === "warn" && !one.person.recused))
    .sort((a, b) => ORDER.indexOf(a.state.tone) - ORDER.indexOf(b.state.tone))[0];
  if (worst?.state.tone === "bad") {
    return {
      ...worst.state, words: t("{name} : {state}", { name: worst.person.first_name, state: worst.state.words }),
    };
  }
  if (hearing.empty_seats) {
    return { icon: "user", tone: "bad", words: tn("{n} siège vide", "{n} sièges vides", hearing.empty_seats) };
  }
  if (worst) {
    return {
      ...worst.state, words: t("{name} : {state}", { name: worst.person.first_name, state: worst.state.words }),
    };
  }
  const here = states.filter((one) => one.person.present).length;
  if (!here) return { icon: "dash", tone: "", words: t("personne n’est encore là") };
  const good = states.some((one) => one.person.level) ? t(", connexions bonnes") : "";
  return { icon: good ? "net" : "check", tone: "ok", words: tn("{n} personne là", "{n} personnes là", here) + good };
}

/**
 * The phase and, under it, its clock or what comes before.
 * @param {BoardHearing} hearing
 * @param {number} now server time
 * @returns {{title: string, detail: string, icon: string, tone: "" | "ok" | "warn" | "bad"}}
 */
export function phaseLine(hearing, now) {
  if (hearing.clock) return clockLine(hearing, hearing.clock, now);
  if (isPrivate(hearing)) return { title: hearing.phase_words, detail: "", icon: "lock", tone: "" };
  if (hearing.phase === "closed") {
    return {
      title: t("Transmis"), detail: hearing.ended_at ? t("signé à {hour}", { hour: hour(hearing.ended_at) }) : "",
      icon: "check-o", tone: "ok",
    };
  }
  if (hearing.phase !== "scheduled") return { title: hearing.phase_words, detail: "", icon: "", tone: "" };
  const wait = hearing.starts_at - now;
  const candidate = hearing.people.find((one) => one.role === "candidate");
  const title = wait > DAY_MS ? hearing.phase_words
    : wait > 60000 ? t("Dans {time}", { time: duration(wait) })
      : wait > 0 ? t("Dans un instant")
        : t("L’heure est passée");
  const detail = candidate?.present ? (hearing.waiting ? t("dans la salle d’attente") : t("se prépare"))
    : candidate?.link_opened ? t("lien ouvert, pas encore là")
      : t("lien pas encore ouvert");
  return { title, detail, icon: "", tone: wait <= 0 ? "warn" : "" };
}

/**
 * @param {BoardHearing} hearing
 * @param {import("../view").Clock} clock
 * @param {number} now
 * @returns {ReturnType<typeof phaseLine>}
 */
function clockLine(hearing, clock, now) {
  const read = reading(clock, now);
  const title = read.paused ? t("{phase}, en pause", { phase: hearing.phase_words }) : hearing.phase_words;
  const detail = read.over > 0
    ? t("{time} au-delà de {total}", { time: mmss(read.over), total: duration(read.total) })
    : t("{time} restent sur {total}", {
      time: mmss(Math.ceil(read.remaining / 1000) * 1000), total: duration(read.total),
    });
  return { title, detail, icon: "", tone: read.over > 0 ? "warn" : "" };
}
