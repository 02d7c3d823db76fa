/** What the codes of a decision or of an incident mean, in words. */
import { t } from "../lib/i18n.js";

/** @param {string | null} finding */
export function findingWords(finding) {
  switch (finding) {
    case "conform": return t("Identité conforme.");
    case "doubtful": return t("Un doute reste sur l’identité.");
    case "not_conform": return t("Identité non conforme.");
    case "refused": return t("La pièce n’a pas été montrée : refus.");
    case "no_document": return t("Pas de pièce d’identité.");
    case "no_copy": return t("Pas de copie à comparer.");
    default: return "";
  }
}

/** @param {string | null} course */
export function courseWords(course) {
  switch (course) {
    case "proceed": return t("L’épreuve continue.");
    case "retry": return t("La vérification est à recommencer.");
    case "reserve": return t("L’épreuve continue avec une réserve : la certification attend que ce point soit réglé.");
    case "stop": return t("L’épreuve s’arrête.");
    default: return "";
  }
}

/**
 * The kinds offered behind each door; all are kinds of evaluation/session/terms.py.
 * @param {boolean} fraud
 * @returns {[string, string][]}
 */
export function incidentKinds(fraud) {
  return fraud
    ? [
      ["outside_help", t("Aide d’une autre personne ou d’un outil")], ["own_work", t("Travail qui n’est pas le sien")],
      ["identity", t("Une autre personne")], ["other", t("Autre")],
    ]
    : [
      ["technical", t("Panne : coupure, son, image")], ["health", t("Santé, malaise")],
      ["conduct", t("Comportement, bruit")], ["other", t("Autre")],
    ];
}
