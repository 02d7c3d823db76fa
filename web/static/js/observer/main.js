/**
 * The observer's page: the pictures, the clock and the papers. Nothing here asks for a camera or a microphone.
 * @typedef {import("../view").View} View
 */
import { Bar } from "../lib/bar.js";
import { $, show, text } from "../lib/dom.js";
import { Stage } from "../lib/media/stage.js";
import { firstView } from "../lib/page.js";
import { RoomStream } from "../lib/stream.js";
import { Papers } from "../juror/desk/papers.js";
import { drawBetween, watchStage } from "./watching.js";


const stream = new RoomStream({ view: firstView, stays: true });
const papers = new Papers(stream);
new Bar(stream);
const stage = new Stage(stream, { place: watchStage(stream) });

/** @param {View} view */
function draw(view) {
  const { hearing, media } = view;
  // An observer is let into the deliberation unless the awarding body has set otherwise (R2.3): the server says which.
  const shut = stream.line.state === "shut" || Boolean(hearing && hearing.stage === "private" && !media.view.length);
  const nobody = drawBetween(view, shut);
  show($("#shut"), shut);
  show($("#stage"), !shut && !nobody);
  text($("#expected"), shut || nobody ? "" : hearing?.expected ?? "");
  papers.update();
  if (shut) show($("#papers"), false);
}

stream.onView(draw).onLine(() => stream.view && draw(stream.view)).onClosed(() => stage.draw());
stream.start();
