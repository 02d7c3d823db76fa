/**
 * The waiting room: who the jury is and who helps, what will happen, what to do if the line is cut.
 * @typedef {import("../view").Person} Person
 */
import { $, classes, el, icon, keyed, setIcon, show, text } from "../lib/dom.js";
import { duration, t } from "../lib/i18n.js";
import { juryOf, roleOf } from "../lib/role.js";
import { SelfView } from "../lib/selfview.js";

/**
 * @param {import("../lib/stream.js").RoomStream} stream
 * @param {import("../lib/devices.js").Devices} devices
 * @param {{check: () => void}} go
 */
export function startWaiting(stream, devices, go) {
  $("#waiting-self").append(new SelfView(devices).element);
  $("#waiting-check").addEventListener("click", go.check);
  stream.onView((view) => {
    const jurors = juryOf(view);
    // Nobody watches an examination unannounced.
    const observers = view.people.filter((one) => one.role === "observer");
    drawPeople($("#jury-list"), [...jurors, ...observers], roleOf);
    const aids = view.people.filter((one) => one.role === "aid");
    drawPeople($("#aid-list"), aids, () => t("votre aide"));
    show($("#aid-list"), aids.length);
    keyed($("#plan"), planOf(view.hearing?.durations ?? {}, view.hearing?.extra_time ?? {}), (step) => step.words,
      (step) => el("li", null, el("b", null, step.words), el("span"), el("p", null, step.about)),
      (node, step) => {
        text($("span", node), step.lasts);
      });
  });
}

/**
 * @param {HTMLElement} list
 * @param {Person[]} people
 * @param {(person: Person) => string} role
 */
function drawPeople(list, people, role) {
  keyed(list, people, (one) => one.seat, () => el("li", { class: "member" },
    el("span", { class: "initials", "aria-hidden": "true" }), el("strong"), el("p", { class: "small dim" }),
    el("span", { class: "state" }, icon("clock"), el("span"))), (node, one) => {
    text($(".initials", node), one.initials);
    text($("strong", node), one.name);
    text($("p", node), role(one));
    const state = $(".state", node);
    classes(state, { ok: one.present });
    setIcon($("svg", state), one.present ? "check-o" : "clock");
    text($("span", state), one.present ? t("déjà là") : t("pas encore là"));
  });
}

/**
 * What will happen, in order, and how long each part lasts.
 * @param {Record<string, number>} durations ms by phase, extra time included
 * @param {Record<string, number>} extra ms by phase
 */
export function planOf(durations, extra) {
  const lasts = (/** @type {string} */ phase) => {
    const total = durations[phase] ? duration(durations[phase]) : "";
    return total && extra[phase]
      ? t("{total}, dont {extra} d’aménagement", { total, extra: duration(extra[phase]) })
      : total;
  };
  return [
    {
      words: t("Accueil"), lasts: "",
      about: t("Votre identité, le rappel des règles, la feuille de présence. Le temps n’est pas compté."),
    },
    {
      words: t("Votre présentation"), lasts: lasts("presentation"),
      about: t("Votre livret et votre réalisation. Le jury vous écoute."),
    },
    {
      words: t("Questions du jury"), lasts: lasts("questions"),
      about: t("Prenez le temps de réfléchir. Vous pouvez faire répéter."),
    },
    { words: t("Fin"), lasts: "", about: t("Le jury vous dit quand viennent les résultats, puis délibère sans vous.") },
  ];
}
