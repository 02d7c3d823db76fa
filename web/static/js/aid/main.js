/**
 * The aid's page (R10.1): a camera and a microphone in the room with the candidate, and nowhere else.
 * @typedef {import("../view").View} View
 */
import { Camera } from "../juror/desk/camera.js";
import { Papers } from "../juror/desk/papers.js";
import { Bar } from "../lib/bar.js";
import { ClosedDevices } from "../lib/closed.js";
import { Devices } from "../lib/devices.js";
import { $, $$, classes, setIcon, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Stage } from "../lib/media/stage.js";
import { firstView } from "../lib/page.js";
import { SelfView } from "../lib/selfview.js";
import { playNotes } from "../lib/sound.js";
import { RoomStream } from "../lib/stream.js";
import { watchStage } from "../observer/watching.js";

const TITLE = document.title;

const stream = new RoomStream({ view: firstView, over: (view) => screenOf(view.hearing) === "after" });
/** Before the room seen by nobody else; sent once the room is open. */
const devices = new Devices({ closed: new ClosedDevices().follow(stream) });
let opened = false;
let shown = "";

/** @param {View["hearing"]} hearing */
function screenOf(hearing) {
  if (!hearing) return "after";
  if (hearing.stage === "in_room") return "room";
  if (hearing.phase === "scheduled") return "before";
  return hearing.stage === "to_call" ? (hearing.waiting ? "before" : "later") : "after";
}

/** @param {View} view */
function draw({ hearing }) {
  const screen = screenOf(hearing);
  look(screen === "before" || screen === "room");
  if (hearing) {
    text($("#expected"), hearing.expected);
    drawCandidate(hearing);
  }
  papers.update();
  if (screen === shown) return;
  const first = !shown;
  if (shown === "before" && screen === "room") void playNotes();
  shown = screen;
  for (const node of $$("[data-screen]")) show(node, node.dataset.screen === screen);
  const heading = $(`[data-screen="${screen}"] h1`);
  document.title = `${heading.textContent?.trim()} – ${TITLE}`;
  if (!first) heading.focus();
}

/** @param {boolean} on */
function look(on) {
  if (on === opened) return;
  opened = on;
  if (!on) return devices.stop();
  void devices.open();
}

/** @param {NonNullable<View["hearing"]>} hearing */
function drawCandidate({ waiting, candidate }) {
  const state = $("#before-candidate");
  classes(state, { ok: waiting });
  setIcon($("svg", state), waiting ? "check-o" : "clock");
  const name = candidate.name;
  text($("span", state),
    waiting ? t("{name} est dans la salle d’attente.", { name })
      : candidate.present ? t("{name} se prépare.", { name })
        : t("{name} n’est pas encore là.", { name }));
}

const papers = new Papers(stream);
new Bar(stream);
$("#before-self").append(new SelfView(devices).element);
$("#before-sound").addEventListener("click", () => void playNotes());
stream.onView(draw);
new Stage(stream, { place: watchStage(stream) });
new Camera(stream, $("#room-self"), devices);
stream.start();
