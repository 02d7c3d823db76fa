/**
 * What the organizer wrote to the room, and what became of one's own calls for help: a banner each, until it is closed.
 * @typedef {import("../view").View} View
 */
import { tell } from "./banner.js";
import { hhmm, t } from "./i18n.js";
import { seatPath } from "./page.js";

const READ = `read ${seatPath}`;

/** @param {View} view */
export function tellMessages(view) {
  const read = new Set(/** @type {number[]} */ (JSON.parse(sessionStorage.getItem(READ) ?? "[]")));
  const onClose = (/** @type {number} */ position) => () => {
    read.add(position);
    sessionStorage.setItem(READ, JSON.stringify([...read]));
  };
  for (const { position, at, words } of view.messages ?? []) {
    if (read.has(position)) continue;
    tell({ id: `message-${position}`, kind: "info", icon: "chat", title: t("Message de l’organisateur, {hour}", { hour: hhmm(at) }), words, close: true, onClose: onClose(position) });
  }
}
