/** The candidate's page: one event stream, one camera, and the screen that fits the moment. */
import { Bar } from "../lib/bar.js";
import { ClosedDevices } from "../lib/closed.js";
import { Devices } from "../lib/devices.js";
import { $, $$, show } from "../lib/dom.js";
import { followOnSite } from "../lib/on-site.js";
import { firstView } from "../lib/page.js";
import { playNotes } from "../lib/sound.js";
import { RoomStream } from "../lib/stream.js";
import { startCheck } from "./devices-check.js";
import { startIdentity } from "./copy-and-consent.js";
import { startEnd } from "./end.js";
import { startHere } from "./here.js";
import { Room } from "./room.js";
import { startRules } from "./rules.js";
import { screenOf } from "./screens.js";
import { startTold } from "./told.js";
import { startWaiting } from "./waiting.js";

/** @typedef {import("../view").View} View */

const WITH_CAMERA = new Set(["check", "waiting", "room"]);
const TITLE = document.title;

const stream = new RoomStream({ view: firstView, over });
const devices = new Devices({ large: true, closed: new ClosedDevices().follow(stream) });
/** @type {import("./screens.js").Wish} */
let wish = "";
let shown = "";
let opened = false;

/** Once dismissed, nothing more comes of the room. @param {View} view */
function over(view) {
  return ["after", "stopped", "cancelled", "no_show"].includes(screenOf(view, ""));
}

/** @param {import("./screens.js").Wish} where */
function go(where) {
  wish = where;
  if (stream.view) draw(stream.view);
}

/** @param {View} view */
function draw(view) {
  const screen = screenOf(view, wish);
  const films = WITH_CAMERA.has(screen) && !view.hearing?.on_site;
  if (films && !opened) {
    opened = true;
    void devices.open();
  } else if (!films && opened) {
    opened = false;
    devices.stop();
  }
  // An answer given does not turn the page by itself: there is a copy to supply on it too.
  if (screen === "identity") wish = "identity";
  if (screen === shown) return;
  const first = shown === "";
  if (shown === "waiting" && screen === "room") void playNotes();
  shown = screen;
  for (const node of $$("[data-screen]")) show(node, node.dataset.screen === screen);
  room.tellLost();
  const heading = $(`[data-screen="${screen}"] h1`);
  document.title = `${heading.textContent?.trim()} – ${TITLE}`;
  if (!first) heading.focus();
}

new Bar(stream);
startRules(stream, { back: () => go("rules"), done: () => go("") });
startIdentity(stream, { back: () => go("rules"), done: () => go("") });
startCheck(stream, devices, { back: () => go("identity"), done: () => go("") });
startHere(stream, { done: () => go("") });
followOnSite(stream);
startTold(stream);
startWaiting(stream, devices, { check: () => go("check") });
startEnd(stream, { comeBack: () => go("check") });
const room = new Room(stream, devices);
stream.onView((view) => {
  // Called in while looking at the rules or the camera again: the room comes first.
  if (view.hearing?.stage === "in_room") wish = "";
  draw(view);
});
stream.start();
