/**
 * The organizer's view into the room, before the deliberation: they see and hear, nobody sees or hears them.
 * @typedef {import("../view").View} View
 */
import { drawClock } from "../lib/bar.js";
import { everyTick, serverTime } from "../lib/clock.js";
import { $, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Stage } from "../lib/media/stage.js";
import { Papers } from "../juror/desk/papers.js";
import { drawBetween, watchStage } from "../observer/watching.js";


export class Room {
  #looking = false;
  #stream;
  #stage;
  #papers;

  /** @param {import("../lib/stream.js").RoomStream} stream */
  constructor(stream) {
    this.#stream = stream;
    const place = watchStage(stream);
    // Nothing is received while nobody looks: a tile that is not placed is closed.
    this.#stage = new Stage(stream, { place: (person, source) => (this.#looking ? place(person, source) : null) });
    this.#papers = new Papers(stream);
    stream.onView((view) => this.#draw(view))
      .onLine(() => stream.view && this.#draw(stream.view))
      .onClosed(() => this.#stage.draw());
    everyTick((now) => this.#tick(now));
  }

  /** @param {boolean} on the tab is shown */
  look(on) {
    this.#looking = on;
    this.#stage.draw();
  }

  /** @param {View} view */
  #draw(view) {
    serverTime.hint(view.now);
    const hearing = view.hearing;
    const shut = this.#stream.line.state === "shut" || Boolean(hearing && hearing.stage === "private");
    show($("#room-shut"), shut);
    const nobody = drawBetween(view, shut);
    show($("#stage"), !shut && !nobody);
    show($(".o-cue"), !shut && !nobody);
    text($("#room-who"), hearing?.candidate.name ?? t("Journée du jury"));
    text($("#room-phase"), shut ? t("Délibération à huis clos") : hearing?.phase_words ?? "");
    text($("#room-next"), !shut && hearing?.next_words ? t("· Ensuite : {next}", { next: hearing.next_words }) : "");
    this.#papers.update();
    if (shut) show($("#papers"), false);
  }

  /** @param {number} now */
  #tick(now) {
    const clock = this.#stream.view?.hearing?.clock;
    const box = $("#panel-room [data-clock]");
    show(box, clock && this.#stream.line.state !== "shut");
    if (clock && !box.hidden) drawClock(box, clock, now);
  }
}
