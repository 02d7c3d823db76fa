/**
 * A page of a sitting: its room, and the page kept true as things happen. All but picture and sound works without it.
 * @typedef {import("../view").View} View
 */
import { Camera } from "../juror/desk/camera.js";
import { everyTick, serverTime } from "../lib/clock.js";
import { ClosedDevices } from "../lib/closed.js";
import { Devices } from "../lib/devices.js";
import { $, $$, classes, show, text } from "../lib/dom.js";
import { mmss } from "../lib/i18n.js";
import { Stage } from "../lib/media/stage.js";
import { firstView } from "../lib/page.js";
import { RoomStream } from "../lib/stream.js";
import { offerPasskeys } from "../office/passkey.js";
import { Within } from "./within-sitting.js";

const stream = new RoomStream({ view: firstView, stays: true });
const room = $("#room");
const within = new Within($("#content"), () => !room.hidden, () => {
  drawHere();
  offerPasskeys();
});
/** @type {Devices | null} */
let devices = null;
/** In the room itself: nothing is sent from here, so nothing lights up and nothing is missed. */
let onSite = false;
new Stage(stream, { place: () => $("#tiles") });

/** @param {View} view */
function draw({ media, position }) {
  const inside = media.publish.length > 0 || media.view.length > 0;
  show(room, inside);
  if (inside) film(media.publish.length > 0);
  void within.refresh(position);
}

/** @param {boolean} sends */
function film(sends) {
  show($("#own-place"), sends);
  // Asked for once there is a room to be seen in: nobody's camera lights up before.
  if (sends && !devices) {
    devices = new Devices({ closed: new ClosedDevices({ send: null }) });
    new Camera(stream, $("#own-place"), devices);
  } else if (!sends) devices?.stop();
  else if (onSite) void devices?.open();
  onSite = !sends;
}

/** Who has a page of the sitting open now, beside each member. */
function drawHere() {
  const here = /** @type {string[]} */ (/** @type {any} */ (stream.live).here ?? []);
  for (const row of $$("[data-person]")) {
    const there = here.includes(row.dataset.person ?? "");
    show($("[data-here]", row), there);
    show($("[data-away]", row), !there);
  }
}

stream.onLive(drawHere);
stream.onView(draw).onClosed(() => show(room, false));
stream.start();

everyTick(() => {
  for (const node of document.querySelectorAll("[data-since]")) {
    const { since, ceiling } = /** @type {HTMLElement} */ (node).dataset;
    const lasted = serverTime.now() - Number(since);
    text(node, mmss(lasted));
    classes(node, { "over-time": lasted > Number(ceiling) });
  }
});
