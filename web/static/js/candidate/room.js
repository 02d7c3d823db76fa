/** In the room: the jury's tiles, one's own picture, what is expected now, and the controls. */
import { tell, untell } from "../lib/banner.js";
import { openChoice } from "../lib/choose.js";
import { openDialog } from "../lib/dialog.js";
import { $, attr, classes, el, icon, keyed, setIcon, show, text } from "../lib/dom.js";
import { openHelp } from "../lib/help.js";
import { date, official, officialNote, t } from "../lib/i18n.js";
import { tellLost } from "../lib/lost.js";
import { Own } from "../lib/media/own.js";
import { Stage } from "../lib/media/stage.js";
import { SelfView } from "../lib/selfview.js";
import { startPoints } from "./expected-points.js";
import { modeOf } from "./screens.js";
import { Second } from "./second.js";
import { startSheet } from "./sheet.js";
import { startShowing } from "./showing.js";
import { startSuspicion } from "./suspicion.js";

/** @typedef {import("../view").View} View */
/** @typedef {import("../view").Hearing} Hearing */
/** @typedef {import("../lib/closed.js").Kind} Kind */

/** A source starts silent: what lasts no longer than this is no trouble. */
const SILENCE_MS = 4000;

/** The list of checks says what stands against each device, with what mends it. */
const atTheCheck = () => !$('[data-screen="check"]').hidden;

export class Room {
  #stream;
  #devices;
  #second;
  #self;
  #own;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /**
   * @param {import("../lib/stream.js").RoomStream} stream
   * @param {import("../lib/devices.js").Devices} devices
   */
  constructor(stream, devices) {
    this.#stream = stream;
    this.#devices = devices;
    this.#self = new SelfView(devices, { small: true });
    $("#room-self").append(this.#self.element);
    this.#second = new Second(() => stream.view?.media.publish.includes("second") ?? false);
    new Stage(stream, {
      place: (person, source) => (source === "second" ? $("#shared") : person.role === "candidate" ? null : $("#jury")),
    });
    startPoints(stream);
    startSheet(stream);
    startSuspicion(stream);
    startShowing(stream, this.#self.element);
    $("#dock-mic").addEventListener("click", () => void devices.press("audioinput"));
    $("#dock-cam").addEventListener("click", () => void devices.press("videoinput"));
    $("#dock-devices").addEventListener("click", () => openChoice(devices));
    $("#dock-problem").addEventListener("click", () => openHelp());
    this.#own = new Own(stream, devices, { detail: true, onState: () => this.#self.draw() });
    devices.onChange(() => this.#drawSwitches());
    this.#drawSwitches();
    /** Says what stands against a device, where the screen shown does not: to be called when that is another. */
    this.tellLost = tellLost(devices, {
      sent: () => this.#own.allowed, choose: () => openChoice(devices), quiet: atTheCheck,
    });
    stream.onView(this.tellLost);
    stream.onView((view) => this.#draw(view)).onLive(() => this.#drawLive()).onClosed(() => this.#second.allow(false));
  }

  /** @param {View} view */
  #draw(view) {
    const hearing = view.hearing;
    this.#second.allow(view.media.publish.includes("second"));
    if (!hearing) return;
    const mode = modeOf(hearing);
    attr($("#room"), "data-mode", mode === "suspicion" ? "sheet" : mode);
    text($("#expected"), hearing.expected);
    this.#drawTask(hearing, view);
    this.#drawDemand(hearing);
    this.#drawSanctions(hearing);
  }

  /** @param {boolean} silent the server has a line to us, and nothing comes through it */
  #drawSilence(silent) {
    if (!silent) {
      clearTimeout(this.#silence);
      this.#silence = undefined;
      return untell("silence");
    }
    this.#silence ??= setTimeout(() => tell({
      id: "silence", kind: "warn", icon: "cam-off", title: t("Le jury ne reçoit plus votre image ni votre son."),
      words: t("Fermez les logiciels qui se servent de la caméra, ou rechargez cette page : "
        + "vous reviendrez où vous étiez."),
    }), SILENCE_MS);
  }

  /**
   * @param {Hearing} hearing
   * @param {View} view
   */
  #drawTask(hearing, view) {
    const mode = modeOf(hearing);
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-task]"))) {
      show(node, node.dataset.task === (mode === "task" ? "reminder" : mode));
    }
    keyed($("#reminder"), hearing.reminder, (_one, n) => n,
      () => el("li", null, icon("clock"), el("span", { ...official })),
      (node, one) => {
        classes(node, { done: one.said });
        setIcon($("svg", node), one.said ? "check-o" : "clock");
        text($("span", node), one.words);
      });
    text($("#sheet-text"), t("Moi, {name}, j’atteste de ma présence le {date} à l’évaluation « {certification} ».", {
      name: hearing.candidate.name, date: date(view.session.date), certification: view.session.certification,
    }));
  }

  /** R6.4: the jury's demand, told. @param {Hearing} hearing */
  #drawDemand(hearing) {
    if (!hearing.required_visible || !inRoom(hearing)) return untell("visible");
    tell({
      id: "visible", kind: "info", icon: "eye", title: t("Le jury vous demande de rester visible."),
      words: t("Gardez votre caméra ouverte et votre visage dans l’image, jusqu’à ce que le jury vous donne congé."),
    });
  }

  /** R6.5: told plainly, and as what it is: nothing is decided. @param {Hearing} hearing */
  #drawSanctions(hearing) {
    const told = hearing.sanctions_told;
    if (!told || hearing.suspicion) return untell("sanctions");
    const more = told.answered ? t("Ce que vous avez répondu est au dossier.") : t("Vous pourrez vous expliquer.");
    const read = () => void openDialog({
      title: t("Ce que le jury a noté"),
      body: [
        el("p", null,
          t("Le jury a noté un fait qu’il veut faire examiner. "
            + "Rien n’est décidé : d’autres personnes que ce jury décideront.") + " " + more),
        el("p", { class: "label" }, t("Le jury doit vous rappeler les sanctions prévues par le règlement :")),
        el("ul", { class: "lines", ...official }, ...told.words.map((words) => el("li", null, words))),
        ...(officialNote() ? [el("p", { class: "small dim" }, officialNote())] : []),
      ],
    });
    tell({
      id: "sanctions", kind: "warn", icon: "info", title: t("Le jury a noté un fait à examiner."),
      words: inRoom(hearing) ? t("Rien n’est décidé. L’épreuve continue.")
        : `${t("Rien n’est décidé.")} ${more}`,
      action: { words: t("Lire"), run: read },
    });
  }

  #drawSwitches() {
    this.#drawSwitch("dock-mic", "audioinput", ["mic", "mic-off"],
      { what: t("Micro"), open: t("ouvert"), closed: t("fermé"), missing: t("absent") });
    this.#drawSwitch("dock-cam", "videoinput", ["cam", "cam-off"],
      { what: t("Caméra"), open: t("ouverte"), closed: t("fermée"), missing: t("absente") });
  }

  /**
   * @param {string} id
   * @param {Kind} kind
   * @param {[string, string]} icons
   * @param {Record<"what" | "open" | "closed" | "missing", string>} words
   */
  #drawSwitch(id, kind, icons, words) {
    const button = $(`#${id}`);
    const on = this.#devices.on(kind);
    attr(button, "aria-pressed", String(on));
    setIcon($("svg", button), icons[on ? 0 : 1]);
    const label = $("span", button);
    if (!label.childElementCount) label.append(words.what, el("i"));
    text($("i", label), ` ${words[this.#devices.state(kind)]}`);
  }

  #drawLive() {
    const seat = this.#stream.view?.seat.seat;
    const { sources } = this.#stream.live;
    const own = (/** @type {string} */ source) =>
      sources.find((one) => one.seat === seat && one.source === source)?.state;
    this.#own.seen(own("main") !== undefined);
    this.#second.seen(own("second") !== undefined);
    this.#drawSilence(this.#own.state === "connected" && own("main") === "silent");
    show($("#shared"),
      sources.some((one) =>
        one.source === "second" && one.seat !== seat && this.#stream.view?.media.view.includes(one.seat)));
  }
}

/** @param {Hearing} hearing */
function inRoom(hearing) {
  return hearing.stage === "in_room";
}
