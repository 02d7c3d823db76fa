/**
 * What the organizer does from the board: each act asked for with its words, sent from their seat in that session.
 * @typedef {import("../view").BoardSession} BoardSession
 * @typedef {import("../view").BoardHearing} BoardHearing
 * @typedef {import("../view").BoardPerson} BoardPerson
 */
import { tell } from "../lib/banner.js";
import { confirmed } from "../lib/dialog.js";
import { hour, t } from "../lib/i18n.js";
import { pressed } from "../lib/sending/act.js";
import { ask } from "../lib/sending/ask.js";
import { Commands } from "../lib/sending/commands.js";
import { answerOf, post } from "../lib/sending/post.js";

/**
 * The address of the same person's seat in another session, or what lies under it.
 * @param {BoardSession} session
 * @param {string} [name]
 */
export function pathOf(session, name = "") {
  return `/seat/${encodeURIComponent(session.seat)}/${name}`;
}

/** Who sends the acts of that seat. @param {BoardSession} session */
export function senderOf(session) {
  return new Commands(pathOf(session));
}

/**
 * @param {BoardSession} session
 * @param {string} [about] whom it answers
 */
export async function writeToRoom(session, about = "") {
  const answer = await ask({
    title: about ? t("Répondre à {name}", { name: about }) : t("Écrire à la salle"), command: "WriteToRoom", fields: {},
    words: [t("Toutes les personnes présentes dans cette session lisent votre message aussitôt.")],
    reason: "required", label: t("Votre message"), yes: t("Envoyer"), by: senderOf(session),
  });
  if (answer) {
    tell({
      id: "sent", kind: "ok", icon: "check-o", title: t("Message envoyé à la salle."), close: true, receipt: true,
    });
  }
}

/**
 * Whether an act that is offered about a hearing is explained in words.
 * @param {BoardHearing} hearing
 * @param {string} command
 */
function wordsOf(hearing, command) {
  return hearing.acts.find((one) => one.command === command)?.words;
}

/**
 * @param {BoardSession} session
 * @param {BoardHearing} hearing
 */
export function recordNoShow(session, hearing) {
  return ask({
    title: t("Constater l’absence de {name}", { name: hearing.name }), command: "RecordNoShow",
    fields: { hearing: hearing.id },
    words: [
      t("L’épreuve prévue à {hour} est close pour absence. Cela s’écrit au dossier et ne se défait pas ici.",
        { hour: hour(hearing.starts_at) }),
      t("Si un retard ou une panne a été annoncé, reportez plutôt l’épreuve."),
    ],
    reason: wordsOf(hearing, "RecordNoShow"), label: t("Ce que vous savez"), yes: t("Constater l’absence"), bad: true,
    by: senderOf(session),
  });
}

/**
 * @param {BoardSession} session
 * @param {BoardHearing} hearing
 */
export function postpone(session, hearing) {
  return ask({
    title: t("Reporter l’épreuve de {name}", { name: hearing.name }), command: "PostponeHearing",
    fields: { hearing: hearing.id },
    words: [
      t("L’épreuve aura lieu un autre jour. Ce qui aurait commencé ne compte pas. "
        + "{name} et le jury le voient aussitôt.", { name: hearing.name }),
      t("Les liens restent les mêmes. Écrivez la raison : elle entre au dossier."),
    ],
    reason: wordsOf(hearing, "PostponeHearing"), label: t("La raison"),
    yes: t("Reporter l’épreuve"), by: senderOf(session),
  });
}

/**
 * Has somebody's link mailed again; links given before keep working.
 * @param {HTMLElement} button
 * @param {BoardSession} session
 * @param {BoardPerson} person
 */
export function sendLink(button, session, person) {
  return mail(button, pathOf(session, "links"), person, {
    title: t("Le lien repart par courriel vers {name}.", { name: person.name }),
    words: t("L’ancien lien marche toujours."),
  });
}

/**
 * Gives somebody a new link: what was given before, and the browser that holds the seat, open it no more.
 * @param {HTMLElement} button
 * @param {BoardSession} session
 * @param {BoardPerson} person
 */
export async function renewLink(button, session, person) {
  const sure = await confirmed({
    title: t("Remplacer le lien de {name} ?", { name: person.name }), yes: t("Remplacer le lien"), bad: true,
    words: t("À faire si le lien ou l’appareil est entre d’autres mains. "
      + "L’ancien lien ne s’ouvre plus, et le navigateur connecté à cette place en sort aussitôt, "
      + "image et son compris. Un nouveau lien part par courriel. Cela s’écrit au dossier."),
  });
  if (!sure) return;
  await mail(button, pathOf(session, "links/renewed"), person, {
    title: t("Un nouveau lien part par courriel vers {name}.", { name: person.name }),
    words: t("L’ancien ne s’ouvre plus."),
  });
}

/**
 * Has a link mailed, tried once: each mail is one more in somebody's box.
 * @param {HTMLElement} button
 * @param {string} path
 * @param {BoardPerson} person
 * @param {{title: string, words: string}} done
 */
async function mail(button, path, person, done) {
  const answer = await pressed(button, async () => {
    const { status } = await post(path, { seat: person.seat });
    return answerOf(status, {}, whyNotMailed(status));
  });
  if (answer?.ok) tell({ id: "sent", kind: "ok", icon: "mail", ...done, close: true, receipt: true });
}

/** @param {number} status */
function whyNotMailed(status) {
  switch (status) {
    case 429: return t("Trop d’envois à la suite. Rien n’est parti ; attendez une minute, puis recommencez.");
    case 401: return t("Ce navigateur n’est pas connecté à votre place dans cette session. "
      + "Ouvrez d’abord le lien reçu pour elle.");
    default: return t("Le lien n’est pas parti. Vérifiez votre connexion, puis recommencez.");
  }
}
