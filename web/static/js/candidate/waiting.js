/** The waiting room: who the jury is, what will happen, what to do if the line is cut. */
import { $, classes, el, icon, keyed, setIcon, text } from "../lib/dom.js";
import { duration, t } from "../lib/i18n.js";
import { roleOf } from "../lib/people.js";
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
    const jurors = view.people.filter((one) => one.role === "juror" && !one.recused);
    // Nobody watches an examination unannounced.
    const observers = view.people.filter((one) => one.role === "observer");
    keyed($("#jury-list"), [...jurors, ...observers], (one) => one.seat, () => el("li", { class: "member" },
      el("span", { class: "initials", "aria-hidden": "true" }), el("strong"), el("p", { class: "small dim" }),
      el("span", { class: "state" }, icon("clock"), el("span"))), (node, one) => {
      text($(".initials", node), one.initials);
      text($("strong", node), one.name);
      text($("p", node), roleOf(one));
      const state = $(".state", node);
      classes(state, { ok: one.present });
      setIcon($("svg", state), one.present ? "check-o" : "clock");
      text($("span", state), one.present ? t("déjà là") : t("pas encore là"));
    });
    keyed($("#plan"), planOf(view.hearing?.durations ?? {}), (step) => step.words, (step) => el("li", null, el("b", null, step.words), el("span"), el("p", null, step.about)), (node, step) => {
      text($("span", node), step.lasts);
    });
  });
}

/**
 * What will happen, in order, and how long each part lasts.
 * @param {Record<string, number>} durations ms by phase
 */
function planOf(durations) {
  const lasts = (/** @type {string} */ phase) => (durations[phase] ? duration(durations[phase]) : "");
  return [
    { words: t("Accueil"), lasts: "", about: t("Votre identité, le rappel des règles, la feuille de présence. Le temps n’est pas compté.") },
    { words: t("Votre présentation"), lasts: lasts("presentation"), about: t("Votre livret et votre réalisation. Le jury vous écoute.") },
    { words: t("Questions du jury"), lasts: lasts("questions"), about: t("Prenez le temps de réfléchir. Vous pouvez faire répéter.") },
    { words: t("Fin"), lasts: "", about: t("Le jury vous dit quand viennent les résultats, puis délibère sans vous.") },
  ];
}
