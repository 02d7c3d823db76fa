/**
 * The organizer's page: two streams. The board goes on whatever happens in the room; the room's own stream ends where
 * the jury is alone, and knocks until it opens again.
 * @typedef {import("../view").Board} Board
 */
import { announceHappened } from "../lib/announce.js";
import { tell, untell } from "../lib/banner.js";
import { everyTick, serverTime } from "../lib/clock.js";
import { $, classes, setIcon, text } from "../lib/dom.js";
import { forgetDrafts } from "../lib/drafts.js";
import { date, hour, t, tn } from "../lib/i18n.js";
import { onReach, tellReach } from "../lib/media/reach.js";
import { firstView, seatPath } from "../lib/page.js";
import { RoomStream } from "../lib/stream.js";
import { Tabs } from "../lib/tabs.js";
import { writeToRoom } from "./asks.js";
import { Calls } from "./calls.js";
import { Detail } from "./detail.js";
import { Room } from "./room-view.js";
import { Rows } from "./rows.js";
import { openTechnical } from "./technical.js";
import { startTry } from "./try.js";

/** A cut shorter than this is not worth telling. */
const CUT_MS = 1500;

const room = new RoomStream({ view: firstView, stays: true });
const board = new RoomStream({ path: `${seatPath}board/events` });
const own = firstView?.session.id ?? "";
const tabs = new Tabs($("[role=tablist]"));
const inside = new Room(room);
const rows = new Rows((row) =>
  new Detail(row, {
    own, seeRoom: () => tabs.select("panel-room", { focus: true }), technical: () => openTechnical(room),
  }));
const calls = new Calls((session, seat) => {
  tabs.select("panel-day");
  rows.reveal(session, seat);
});

/** @returns {Board | null} */
function shown() {
  return /** @type {Board | null} */ (/** @type {unknown} */ (board.view));
}

startTry($("#panel-try"), (listener) => tabs.onChange((panel) => listener(panel === "panel-try")));
tabs.onChange((panel) => inside.look(panel === "panel-room"));
$("#room-write").addEventListener("click", () => {
  const session = shown()?.sessions.find((one) => one.id === own);
  if (session) void writeToRoom(session);
});
room.onView((view) => announceHappened(view.happened));
board.onView(() => {
  const now = shown();
  if (!now) return;
  serverTime.hint(now.now);
  const hearings = now.sessions.flatMap((one) => one.hearings);
  const days = [...new Set(now.sessions.map((one) => one.date))].sort();
  text($("#day-title"), days.length === 1 ? capital(date(days[0])) : t("Vos journées"));
  text($("#day-count"), tn("{n} passage.", "{n} passages.", hearings.length));
  const here = now.sessions.find((one) => one.id === own);
  if (here?.closed) forgetDrafts();
  // The jury is not alone any more: the room is seen at once.
  if (here && !here.in_private && room.line.state === "shut") room.knock();
  rows.update(now);
  calls.update(now);
  tick(serverTime.now());
});
board.onLine(() => {
  const { state, since } = board.line;
  const lost = state === "lost";
  classes($("#line"), { ok: state === "open", bad: lost });
  setIcon($("#line svg"), lost ? "cut" : "net");
  text($("#line-words"), lost ? t("perdue, nous réessayons") : state === "open" ? t("bonne") : t("en cours…"));
  if (!lost) return untell("line");
  setTimeout(() => {
    if (board.line.state !== "lost" || board.line.since !== since) return;
    tell({
      id: "line", kind: "warn", icon: "cut", title: t("La connexion est coupée."),
      words: t("Ce que vous voyez date d’avant la coupure. "
        + "Nous la rétablissons sans vous : gardez cette page ouverte."),
    });
  }, CUT_MS);
});

/** @param {number} now server time */
function tick(now) {
  text($("#day-now"), t("Il est {hour}.", { hour: hour(now) }));
  rows.tick(now);
  calls.tick(now);
}

/** @param {string} words */
function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

onReach((reach) => tellReach(reach));
everyTick(tick);
board.start();
room.start();
