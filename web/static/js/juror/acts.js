/** The acts of the president and of a juror that need words or a confirmation, each with what it means. */
import { reading, serverTime } from "../lib/clock.js";
import { el } from "../lib/dom.js";
import { mmss, t, tn } from "../lib/i18n.js";
import { chips } from "../lib/sending/ask.js";

/**
 * @typedef {import("../view").Act} Act
 * @typedef {import("../view").Hearing} Hearing
 * @typedef {import("./context.js").Context} Context
 * @typedef {Omit<Parameters<typeof import("../lib/sending/ask.js").ask>[0], "command" | "fields">} Question
 */

/** Less than this left of a phase: going on needs no second thought. */
const NEARLY_MS = 60000;

/** The acts behind "Actes", in the order shown. */
export const MORE = [
  "ResumeDeliberation", "GiveBackTime", "RecordNoShow", "AdjournHearing", "RestartAttempt", "PostponeHearing",
  "StopHearing", "Recuse", "CloseSession",
];

/**
 * What to ask before sending an act; null: nothing, it goes at once.
 * @param {Act} act
 * @param {Context} context
 * @returns {Question | null}
 */
export function questionFor(act, context) {
  const hearing = context.view.hearing;
  const name = hearing?.candidate.name ?? "";
  switch (act.command) {
    case "PauseClock": return pause(act);
    case "GiveBackTime": return giveBack(name, hearing?.cuts?.find((one) => one.position === act.fields.cut));
    case "DeclineEnding": return {
      title: t("Continuer l’épreuve ?"), yes: t("Continuer l’épreuve"), reason: act.words,
      label: t("Pourquoi continuer ?"),
      words: [t("L’organisation lit votre raison, et le dossier dit sa proposition et votre réponse.")],
    };
    case "DismissCandidate": return hearing && dismiss(hearing, name, staying(context));
    case "StartQuestions": return hearing && early(hearing);
    case "OpenDeliberation": return {
      title: t("Ouvrir la délibération ?"), yes: t("Ouvrir la délibération"),
      words: [
        t("Les trois grilles sont figées et montrées côte à côte. Elles ne pourront plus être rouvertes."),
        t("Huis clos : ni {name} ni l’organisation n’entendent ni ne voient la suite.", { name }), ...staying(context),
      ],
    };
    case "SignDeliberation": return {
      by: context.decided(act.command, { inDialog: true }), title: t("Signer la délibération ?"), yes: t("Signer"),
      words: [
        t("Vous signez les notes retenues, le résultat par bloc et les préconisations affichés."),
        context.presides ? t("Vous signez en dernier : tout part alors au jury de certification.")
          : t("Dès la première signature, plus rien ne change."),
      ],
    };
    case "RefuseSignature": return {
      by: context.decided(act.command, { inDialog: true }), title: t("Refuser de signer"),
      yes: t("Refuser de signer"), bad: true, reason: act.words, label: t("Pourquoi refusez-vous de signer ?"),
      words: [t("Votre refus et vos raisons sont écrits au dossier et transmis au jury de certification.")],
    };
    case "SuspendDeliberation": return {
      title: t("Suspendre la délibération"), yes: t("Suspendre"), reason: act.words, label: t("Pourquoi suspendre ?"),
      words: [t("Tout ce qui est fait est gardé. Vous reprendrez où vous en étiez.")],
    };
    default: return ending(act, name);
  }
}

/**
 * @param {Act} act
 * @param {string} name
 * @returns {Question | null}
 */
function ending(act, name) {
  switch (act.command) {
    case "Recuse": return {
      title: t("Vous récuser"), yes: t("Me récuser"), bad: true, reason: act.words, label: t("Pourquoi ?"),
      words: [
        t("Vous connaissez personnellement cette personne : même entreprise, famille, "
          + "formation que vous lui avez donnée."),
        t("Vous ne participez alors pas à sa délibération. Vous ne voyez aucune grille ; vos notes, s’il y en a, "
          + "sont scellées et ne comptent pas."),
        t("Vous ne pouvez pas revenir dessus. L’organisateur est prévenu."),
      ],
    };
    case "RecordNoShow": return {
      title: t("Constater l’absence de {name}", { name }), yes: t("Constater l’absence"), bad: true, reason: act.words,
      label: t("Ce que vous avez tenté pour joindre la personne"),
      words: [t("Le dossier dit que la personne ne s’est pas présentée. L’organisateur est prévenu.")],
    };
    case "AdjournHearing": return {
      title: t("Interrompre et reprendre un autre jour"), yes: t("Interrompre"), reason: act.words,
      ...untold(act, name, [t("Les notes et le temps déjà passé sont gardés. "
        + "L’identité et la feuille de présence seront refaites à la reprise.")]),
    };
    case "RestartAttempt": return {
      title: t("Recommencer l’épreuve depuis le début"), yes: t("Recommencer"), bad: true, reason: act.words,
      words: [t("Plus de la moitié du temps a été perdue par une panne. "
        + "Ce premier essai ne compte pas : ses notes sont mises de côté.")],
    };
    case "PostponeHearing": return {
      title: t("Reporter l’épreuve à un autre jour"), yes: t("Reporter"), bad: true, reason: act.words,
      ...untold(act, name, [t(
        "L’essai d’aujourd’hui ne compte pas. {name} en est prévenu par l’organisateur, avec une nouvelle date.",
        { name },
      )]),
    };
    case "StopHearing": return {
      title: t("Arrêter l’épreuve"), yes: t("Arrêter l’épreuve"), bad: true, reason: act.words,
      ...untold(act, name,
        [t("L’épreuve de {name} s’arrête ici, sans délibération. Vos raisons entrent au dossier.", { name })]),
    };
    case "CloseSession": return {
      title: t("Clore la journée"), yes: t("Clore la journée"), bad: true,
      words: [t("La journée est finie : les liens de tous se ferment. Vérifiez que chaque dossier est signé.")],
    };
    default: return null;
  }
}

/**
 * What to know where the candidate would leave without knowing what was noted (R6.5).
 * @param {Act} act
 * @param {string} name
 * @param {string[]} words
 * @returns {Pick<Question, "words" | "label">}
 */
function untold(act, name, words) {
  return !act.fields.untold ? { words } : {
    words: [...words, t("La présomption de fraude notée n’a pas encore été dite à {name}. Si c’est possible, fermez "
      + "cette fenêtre et dites-la d’abord. Sinon, écrivez aussi pourquoi elle ne peut pas l’être.", { name })],
    label: t("Vos raisons, et pourquoi la présomption n’est pas dite"),
  };
}

/**
 * @param {Act} act
 * @returns {Question}
 */
function pause(act) {
  const choice = chips("cause", [["technical", t("Panne technique")], ["other", t("Autre raison")]]);
  return {
    title: t("Mettre le temps en pause"), yes: t("Mettre en pause"), reason: act.words, label: t("Ce qui se passe"),
    words: [t("Après une panne technique, le temps perdu est compté et rendu.")],
    body: [choice.node],
    collect: () => (choice.value ? { cause: choice.value }
      : t("Dites si c’est une panne technique ou une autre raison.")),
  };
}

/**
 * What no clock measured, or another figure than the one measured: with its reason (X9).
 * @param {string} name
 * @param {import("../view").CutView} [cut]
 * @returns {Question}
 */
function giveBack(name, cut) {
  const measured = cut?.seconds ?? 0;
  const number = (/** @type {string} */ id, /** @type {number} */ max, /** @type {number} */ value) =>
    el("input", { type: "number", id, min: 0, max, inputmode: "numeric", value });
  const minutes = number("give-minutes", 60, Math.floor(measured / 60));
  const seconds = number("give-seconds", 59, measured % 60);
  return {
    title: t("Rendre du temps à {name}", { name }), yes: t("Rendre ce temps"), reason: "required",
    label: t("Pourquoi cette durée ?"),
    words: [
      ...(cut ? [t("{words} Pour rendre exactement cela, fermez cette fenêtre et appuyez sur « Rendre {time} ».",
        { words: cut.words, time: mmss(measured * 1000) })] : []),
      t("Ce temps s’ajoute à l’étape en cours. Le candidat lit la durée ; le procès-verbal dit la durée et "
        + "votre raison."),
    ],
    body: [el("div", { class: "row" },
      el("div", { class: "field" }, el("label", { for: "give-minutes" }, t("Minutes")), minutes),
      el("div", { class: "field" }, el("label", { for: "give-seconds" }, t("Secondes")), seconds))],
    collect: () => {
      const given = Math.round(60 * Number(minutes.value) + Number(seconds.value));
      return given > 0 || (cut && given === 0) ? { seconds: given } : t("Indiquez combien de temps vous rendez.");
    },
  };
}

/**
 * Who watches and stays when the jury is alone (R2.3).
 * @param {Context} context
 * @returns {string[]}
 */
function staying({ view }) {
  const watching = view.session.staying;
  if (!watching.length) return [];
  return [tn(
    "{names} observe pour l’organisme certificateur et peut rester : voir et entendre, sans prendre la parole.",
    "{names} observent pour l’organisme certificateur et peuvent rester : voir et entendre, sans prendre la parole.",
    watching.length, { names: watching.join(", ") },
  )];
}

/**
 * R3.4, X7: under the floor a reason is needed. It is passed while the page is looked at: the browser's clock tells.
 * @param {Hearing} hearing
 * @param {string} name
 * @param {string[]} staying
 * @returns {Question}
 */
function dismiss(hearing, name, staying) {
  const { clock } = hearing;
  const left = clock ? clock.floor - reading(clock, serverTime.now()).elapsed : 0;
  const words = [t("{name} quitte la salle. Son écran annonce la date des résultats.", { name }), ...staying];
  if (left <= 0) return { title: t("Donner congé à {name} ?", { name }), yes: t("Donner congé"), words };
  return {
    title: t("Donner congé avant la fin ?"), yes: t("Donner congé maintenant"), reason: "required",
    label: t("Pourquoi finir plus tôt ?"),
    words: [
      t("Le règlement prévoit au moins {floor} de questions : il reste {left}. "
        + "Sans raison écrite, ce n’est pas possible.",
        { floor: mmss(clock?.floor ?? 0), left: mmss(left) }),
      ...words,
    ],
  };
}

/**
 * @param {Hearing} hearing
 * @returns {Question | null}
 */
function early({ clock, timed }) {
  const left = clock && timed ? reading(clock, serverTime.now()).remaining : 0;
  return left < NEARLY_MS ? null : {
    title: t("Passer aux questions ?"), yes: t("Passer aux questions"),
    words: [t("Il reste {left} de présentation. Ce temps n’est pas reporté sur les questions.", { left: mmss(left) })],
  };
}
