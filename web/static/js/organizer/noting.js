/**
 * The organizer's two doors (R6.5, R7.1): an incident, which accuses nobody, or a suspected fraud. Kinds and questions
 * are the framework's, as the server tells them.
 * @typedef {import("../view").BoardSession} BoardSession
 * @typedef {import("../view").BoardHearing} BoardHearing
 */
import { el } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { answersIn, drawAsks } from "../lib/kind-asks.js";
import { ask, chips } from "../lib/sending/ask.js";
import { senderOf } from "./asks.js";

/**
 * @param {BoardSession} session
 * @param {BoardHearing} hearing
 * @param {boolean} fraud
 */
export function noteFact(session, hearing, fraud) {
  const kinds = session.incident_doors[fraud ? "fraud" : "incident"];
  const choice = chips("fact-kind", kinds.map(({ kind, words }) => [kind, words]));
  const asks = el("div", { class: "stack gap-2", id: "fact-ask" });
  choice.node.addEventListener("change", () => drawAsks(asks, kinds, choice.value));
  return ask({
    title: fraud ? t("Présomption de fraude : {name}", { name: hearing.name })
      : t("Incident : {name}", { name: hearing.name }),
    words: [fraud ? t("Rien n’est décidé : c’est une présomption. La personne qui préside le jury le dit au candidat, "
      + "qui peut répondre ; l’organisme certificateur examine.")
      : t("La personne n’est pas en cause. Un rapport partira à l’organisme certificateur. L’épreuve continue.")],
    command: "RecordIncident", fields: { hearing: hearing.id, suspected_fraud: fraud, evidence: [] },
    reason: "required", label: fraud ? t("Quels faits avez-vous constatés ?") : t("Dites ce que vous avez constaté"),
    yes: fraud ? t("Inscrire la présomption") : t("Consigner l’incident"), bad: fraud, by: senderOf(session),
    body: [choice.node, asks],
    collect: () => (choice.value ? { kind: choice.value, answers: answersIn(asks) }
      : t("Choisissez d’abord de quoi il s’agit.")),
  });
}
