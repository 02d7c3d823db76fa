/**
 * The organizer's measures about a hearing: warn, separate, propose. None is a sanction, each is told in the record and
 * to its case (R4.4).
 * @typedef {import("../view").BoardSession} BoardSession
 * @typedef {import("../view").BoardHearing} BoardHearing
 */
import { t } from "../lib/i18n.js";
import { ask, chips } from "../lib/sending/ask.js";
import { senderOf } from "./asks.js";

const IN_CASE = () => t("Ces mots entrent au procès-verbal et au dossier de l’incident, que l’organisme certificateur "
  + "lira.");

/**
 * @param {BoardSession} session
 * @param {BoardHearing} hearing
 */
export function warn(session, hearing) {
  return ask({
    title: t("Avertir {name}", { name: hearing.name }), command: "WarnCandidate", fields: { hearing: hearing.id },
    words: [
      t("Votre avertissement s’affiche aussitôt sur son écran, avec l’heure. L’épreuve continue et le temps court."),
      IN_CASE(),
    ],
    reason: "required", label: t("Ce que vous lui écrivez"), yes: t("Avertir"), by: senderOf(session),
  });
}

/**
 * @param {BoardSession} session
 * @param {BoardHearing} hearing
 */
export function separate(session, hearing) {
  return ask({
    title: t("Mettre {name} à l’écart", { name: hearing.name }), command: "SeparateCandidate",
    fields: { hearing: hearing.id },
    words: [
      t("{name} sort de la salle et attend : le jury ne l’entend plus, l’horloge s’arrête. Le retour est possible à "
        + "tout moment, par vous ou par la personne qui préside.", { name: hearing.name }),
      IN_CASE(),
    ],
    reason: "required", label: t("Pourquoi : le candidat et le jury le lisent"), yes: t("Mettre à l’écart"), bad: true,
    by: senderOf(session),
  });
}

/**
 * @param {BoardSession} session
 * @param {BoardHearing} hearing
 */
export function endSeparation(session, hearing) {
  return ask({
    title: t("Faire revenir {name} ?", { name: hearing.name }), command: "EndSeparation",
    fields: { hearing: hearing.id },
    words: [t("{name} revient dans la salle. La personne qui préside fait repartir le temps.", { name: hearing.name })],
    yes: t("Faire revenir"), by: senderOf(session),
  });
}

/**
 * @param {BoardSession} session
 * @param {BoardHearing} hearing
 */
export function propose(session, hearing) {
  const choice = chips("ending", [["stop", t("Arrêter l’épreuve")], ["postpone", t("Reporter à un autre jour")]]);
  return ask({
    title: t("Proposer à la personne qui préside"), command: "ProposeEnding", fields: { hearing: hearing.id },
    words: [
      t("L’épreuve a commencé : c’est la personne qui préside le jury qui décide. Elle lit votre raison et répond."),
      IN_CASE(),
    ],
    body: [choice.node],
    collect: () => (choice.value ? { ending: choice.value } : t("Choisissez ce que vous proposez.")),
    reason: "required", label: t("La raison"), yes: t("Proposer"), by: senderOf(session),
  });
}
