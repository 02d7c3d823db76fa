/**
 * What the candidate's camera shows while the jury asks them to stay visible (R6.4): told over the stage, where nothing
 * that is about to be pressed can move, and gone when it passes. It is no incident: a juror writes one, or not.
 * @typedef {NonNullable<import("../../view").Live["presence"]>[number]} Seen
 */
import { announce } from "../../lib/announce.js";
import { $, el, icon, keyed, text } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";

/**
 * @param {import("../../lib/stream.js").RoomStream} stream
 * @param {(words: string) => void} onIncident opens the form, with these words in it
 */
export function startPresence(stream, onIncident) {
  const box = $("#presence");
  stream.onLive(({ presence }) => {
    keyed(box, presence ?? [], (one) => `${one.name} ${one.since}`, (one) => notice(one, onIncident), (node, one) => {
      text($("p", node), one.words);
    });
  });
}

/**
 * @param {Seen} seen
 * @param {(words: string) => void} onIncident
 */
function notice({ name, words }, onIncident) {
  announce(words);
  return el("div", { class: "j-seen", "data-presence": name }, icon("eye"), el("p"),
    el("button", { class: "btn", type: "button", on: { click: () => onIncident(words) } }, t("Consigner un incident")));
}
