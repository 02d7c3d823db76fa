/**
 * What was noted of a hearing, as the jury reads it: an incident or a suspected fraud, when, by whom, with what its
 * kind asks and its pictures.
 * @typedef {import("../../view").IncidentView} IncidentView
 */
import { $, el, icon, keyed, setIcon, show, text } from "../../lib/dom.js";
import { hhmm, mmss, official, quoted, t } from "../../lib/i18n.js";
import { captureAddress, enlarge } from "./capture.js";

/** When, at which step and clock of the examination, and by whom. @param {IncidentView} incident */
export function whenNoted(incident) {
  const clock = incident.clock === null ? "" : ` ${t("à {clock}", { clock: mmss(incident.clock) })}`;
  return t("{hour}, {phase}{clock}, par {name}",
    { hour: hhmm(incident.at), phase: incident.phase_words, clock, name: incident.by });
}

/**
 * @param {IncidentView} incident
 * @param {() => void} tell goes where a suspicion is told to the candidate
 */
export function row(incident, tell) {
  const button = el("button", { class: "btn", type: "button", "data-tell": "", id: `tell-${incident.position}` },
    t("Le dire à la personne"));
  button.addEventListener("click", () => tell());
  return el("li", { class: incident.suspected_fraud ? "fraud" : null, "data-incident": incident.position },
    el("p", { class: "row gap-2" },
      el("span", { class: `state ${incident.suspected_fraud ? "bad" : "warn"}` },
        icon(incident.suspected_fraud ? "stop" : "alert"),
        incident.suspected_fraud ? t("Présomption de fraude") : t("Incident")), el("b")),
    el("p", { class: "small dim" }), el("p", { class: "j-said" }), el("dl", { class: "j-asked" }),
    el("ul", { class: "j-captures" }),
    el("div", { class: "row" }, button,
      el("span", { class: "state", hidden: true }, icon("check"), t("Sanctions rappelées"))));
}

/**
 * @param {HTMLElement} node
 * @param {IncidentView} incident
 */
export function redraw(node, incident) {
  text($("b", node), incident.kind_words);
  text($(".small", node), whenNoted(incident));
  text($(".j-said", node), quoted(incident.words));
  keyed($(".j-captures", node), incident.evidence.map((id) => ({ id })), ({ id }) => id, ({ id }) => el("li", null,
    el("button",
      { class: "j-thumb", type: "button", on: { click: () => enlarge(t("Image jointe"), captureAddress(id)) } },
      el("img", { src: captureAddress(id), alt: t("Image jointe") }))));
  keyed($(".j-asked", node), incident.answers, ({ question }) => question,
    ({ question, words }) => el("div", null, el("dt", { class: "small dim", ...official }, question),
      el("dd", null, quoted(words))));
  show($("button[data-tell]", node), incident.may_tell);
  show(/** @type {HTMLElement} */ (/** @type {HTMLElement} */ (node.lastElementChild).lastElementChild),
    incident.sanctions_told);
  setIcon($("svg", node), incident.suspected_fraud ? "stop" : "alert");
}
