/**
 * The last signature was given and the page goes on to the next candidate: what was transmitted, and to whom, stays to
 * be read until it is closed, or until something else is done.
 * @typedef {import("../../view").Happened} Happened
 */
import { tell } from "../../lib/banner.js";
import { seatPath } from "../../lib/page.js";

const UNREAD = `transmitted ${seatPath}`;

/** @param {Happened[] | undefined} happened */
export function tellTransmitted(happened) {
  const last = happened?.filter((one) => one.event === "session.hearing_closed").at(-1);
  if (last) sessionStorage.setItem(UNREAD, last.words);
  const words = sessionStorage.getItem(UNREAD);
  if (!words) return;
  tell({
    id: "transmitted", kind: "ok", icon: "check-o", title: words, close: true, silent: true, untilAct: true,
    onClose: () => sessionStorage.removeItem(UNREAD),
  });
}
