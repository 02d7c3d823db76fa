/**
 * The juror's and the president's room: one page from the designation of the president to the last signature.
 * @typedef {import("../view").View} View
 */
import { announce, announceHappened } from "../lib/announce.js";
import { tell, untell } from "../lib/banner.js";
import { Bar } from "../lib/bar.js";
import { everyTick } from "../lib/clock.js";
import { ClosedDevices } from "../lib/closed.js";
import { Devices } from "../lib/devices.js";
import { $, attr, show, text } from "../lib/dom.js";
import { duration, mmss, t } from "../lib/i18n.js";
import { followOnSite } from "../lib/on-site.js";
import { firstView } from "../lib/page.js";
import { Outbox } from "../lib/sending/marks-outbox.js";
import { countUnsent } from "../lib/sending/unsent.js";
import { RoomStream } from "../lib/stream.js";
import { Tabs } from "../lib/tabs.js";
import { Context } from "./context.js";
import { Council } from "./deliberation/council.js";
import { tellTransmitted } from "./deliberation/transmitted.js";
import { Camera } from "./desk/camera.js";
import { Desk } from "./desk/desk.js";
import { Papers } from "./desk/papers.js";
import { jurorsHere, People } from "./desk/people.js";
import { Grid } from "./grid/grid.js";
import { Notes, Points } from "./grid/points.js";
import { CheckPanel } from "./identity/camera-check.js";
import { Identity } from "./identity/identity.js";
import { Incidents } from "./incidents/incidents.js";
import { startPresence } from "./incidents/presence.js";
import { Script } from "./incidents/script.js";
import { Absent } from "./presiding/absent.js";
import { LostTime } from "./presiding/lost-time.js";
import { OrganizerAsks } from "./presiding/organizer-asks.js";
import { President } from "./presiding/president.js";
import { Welcome } from "./presiding/welcome.js";


class Room {
  #hearing = "";

  /**
   * @param {View} view
   * @param {Outbox} outbox
   * @param {Tabs} tabs
   */
  constructor(view, outbox, tabs) {
    this.context = new Context(view, outbox);
    this.stream = new RoomStream({ view });
    this.desk = new Desk(this.stream, tabs);
    const go = (/** @type {string} */ place) => this.desk.go(place);
    this.president = new President(this.context, go);
    const start = (/** @type {import("../view").Act} */ act) => void this.president.start(act);
    this.told = [new Absent(this.context, start), new LostTime(this.context, start),
      new OrganizerAsks(this.context, start)];
    this.grid = new Grid(this.context);
    this.points = new Points(this.context);
    this.notes = new Notes(this.context);
    this.identity = new Identity(this.context);
    this.script = new Script(this.context);
    this.incidents = new Incidents(this.context, () => this.script.go());
    this.parts = [this.script, this.identity, new CheckPanel(this.context, this.stream), new Welcome(this.context)];
    this.people = new People(this.context, go);
    this.papers = new Papers(this.context);
    this.council = new Council(this.context, go);
    followOnSite(this.stream);
    startPresence(this.stream, (words) => { go("#panel-incidents"); this.incidents.begin(words); });
    new Bar(this.stream, { onAct: (act) => { this.flush(); return this.president.press(act); } });
  }

  start() {
    const { outbox } = this.context;
    outbox.onChange((slot, entry) => {
      this.context.entries.set(slot, entry);
      if (entry.state === "refused") announce(entry.refusal ?? "");
      this.#own();
    });
    if (!outbox.durable) {
      tell({
        id: "shelf", kind: "warn", icon: "alert", title: t("Ce navigateur ne garde rien."),
        words: [
          t("Ne fermez pas cette page tant qu’une note attend le réseau."),
          globalThis.isSecureContext !== false && t("Une fenêtre ordinaire, non privée, les garderait."),
        ].filter(Boolean).join(" "),
      });
    }
    outbox.onWait(tellWaiting);
    countUnsent(() => {
      this.flush();
      return outbox.waiting.length;
    });
    this.stream.onView((view) => this.update(view));
    this.stream.onLine(({ state }) => { this.shut = state === "shut"; this.#shut(); });
    this.stream.onClosed(() => this.flush());
    addEventListener("pagehide", () => this.flush());
    everyTick((now) => this.#since(now));
    this.stream.start();
    new Camera(this.stream, this.desk.strip, new Devices({ closed: new ClosedDevices().follow(this.stream) }));
  }

  /** Nothing typed is left behind: it goes into the outbox, which outlives the page. */
  flush() {
    this.grid.flush();
    this.notes.flush();
  }

  /** @param {View} view */
  update(view) {
    const id = view.hearing?.id ?? "";
    if (this.#hearing && this.#hearing !== id) this.flush();
    this.context.view = view;
    if (view.session.closed) this.context.outbox.end();
    let begun = false;
    if (this.#hearing !== id) {
      this.#hearing = id;
      this.identity.reset();
      begun = this.incidents.reset();
    }
    announceHappened(view.happened);
    tellTransmitted(view.happened);
    this.president.update();
    for (const part of this.told) part.update();
    this.people.update();
    this.papers.update();
    this.desk.update(view);
    if (begun) this.desk.tabs.select("panel-incidents");
    text($("#room-title"),
      view.hearing ? t("Salle du jury : épreuve de {name}", { name: view.hearing.candidate.name })
        : t("Salle du jury"));
    const expected = view.hearing?.expected ?? jurorsHere(view);
    text($("#expected"), expected);
    text($("#council-expected"), expected);
    show($("#cue"), expected);
    if (view.hearing) this.#ofHearing();
    this.#shut();
  }

  #ofHearing() {
    for (const part of this.parts) part.update();
    this.desk.count("panel-incidents", this.incidents.update() || "");
    this.council.update();
    this.#own();
  }

  /** What the outbox changes as well as the view. */
  #own() {
    if (!this.context.view.hearing) return;
    const grid = this.grid.update();
    this.desk.count("panel-grid", grid ? `${grid.marked}/${grid.total}` : "");
    const points = this.points.update();
    this.desk.count("panel-presentation", points ? `${points.done}/${points.total}` : "");
    this.notes.update();
  }

  /** A recused juror is outside while the jury is alone (R1.4). */
  #shut() {
    const { view } = this.context;
    const outside = this.shut || (view.hearing?.stage === "private" && !view.jury.includes(view.seat.seat));
    show($("#shut"), outside);
    attr($("#main"), "data-shut", outside ? "true" : null);
  }

  /** How long the jury has been deliberating. @param {number} now */
  #since(now) {
    const opened = this.context.view.hearing?.deliberation?.opened_at;
    if (opened) text($("#council-since"), t("ouverte depuis {time}", { time: mmss(Math.max(0, now - opened)) }));
  }

  /** @type {boolean} the line is refused: this seat has no right to the room now */
  shut = false;
}

/** The server answers, and cannot take the marks yet. @param {import("../lib/sending/commands.js").Wait | null} wait */
function tellWaiting(wait) {
  if (!wait?.status) return untell("outbox");
  const why = wait.after ? t("Il demande d’attendre {time}.", { time: duration(wait.after) }) : wait.words;
  tell({
    id: "outbox", kind: "warn", icon: "clock", title: t("Vos notes attendent le serveur."),
    words: [why, t("Elles partent ensuite d’elles-mêmes. Laissez cette page ouverte.")].filter(Boolean).join(" "),
  });
}

if (firstView) {
  // The tabs answer before what this browser keeps has been read.
  const tabs = new Tabs($('[role="tablist"]', $("#work")));
  new Room(firstView, await Outbox.open(), tabs).start();
}
