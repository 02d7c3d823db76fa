/**
 * What the organizer wrote to the room: a banner each, until it is closed or the examination goes on to its next phase.
 * @typedef {import("../view").View} View
 */
import { tell, untell } from "./banner.js";
import { hhmm, t } from "./i18n.js";
import { seatPath } from "./page.js";

const SEEN = `messages ${seatPath}`;
const READ = "read";

/** @returns {Record<string, string>} by position: the phase in which a message was first shown, or READ */
function seen() {
  return Object.assign(Object.create(null), JSON.parse(sessionStorage.getItem(SEEN) ?? "{}"));
}

/** @param {Record<string, string>} more */
function remember(more) {
  sessionStorage.setItem(SEEN, JSON.stringify({ ...seen(), ...more }));
}

/**
 * Which messages are still told, and which are over: across reloads.
 * @param {View["messages"]} messages
 * @param {string} phase of whose examination
 */
export function unread(messages, phase) {
  remember({ ...Object.fromEntries(messages.map((one) => [one.position, phase])), ...seen() });
  const over = Object.entries(seen()).filter(([, first]) => first !== phase).map(([position]) => position);
  remember(Object.fromEntries(over.map((position) => [position, READ])));
  return { told: messages.filter((one) => !over.includes(String(one.position))), over };
}

/** @param {number} position */
export function isRead(position) {
  remember({ [position]: READ });
}

/** @param {View} view */
export function tellMessages(view) {
  const { told, over } = unread(view.messages ?? [], `${view.hearing?.id} ${view.hearing?.phase}`);
  for (const position of over) untell(`message-${position}`);
  for (const { position, at, words } of told) {
    tell({
      id: `message-${position}`, kind: "info", icon: "chat",
      title: t("Message de l’organisateur, {hour}", { hour: hhmm(at) }), words,
      close: true, onClose: () => isRead(position),
    });
  }
}
