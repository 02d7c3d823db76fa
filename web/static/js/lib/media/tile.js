/**
 * One person's picture and name, and in words why there is no picture.
 * @typedef {import("../../view").Person} Person
 */
import { attr, classes, el, icon, show, text } from "../dom.js";
import { t } from "../i18n.js";
import { roleOf } from "../role.js";
import { Viewer } from "./viewer.js";

const SPEAKING_LEVEL = 0.02;

export class Tile {
  element;
  viewer;
  /** Puts words on the tile, in place of its own, until given "". */
  note = "";
  #person;
  #source;
  #shown = false;
  /** @type {"live" | "silent" | undefined} */
  #state;
  /** @type {"good" | "fair" | "poor" | "lost" | undefined} */
  #level;
  #name = el("b", { translate: "no" }, el("span"), el("i"));
  #role = el("small");
  #flag = el("span", { class: "flag warn", hidden: true }, icon("net-low"), el("span"));
  /** Whether this person has been here since the page was opened. */
  #came = false;
  #why = el("p");
  #initials = el("b", { "aria-hidden": "true" });
  #nobody = el("div", { class: "nobody" }, this.#initials, this.#why);
  #listen = el("button", { class: "btn main listen", type: "button", hidden: true }, icon("sound"),
    t("Activer le son"));

  /**
   * @param {Person} person
   * @param {"main" | "second"} source
   */
  constructor(person, source) {
    this.#person = person;
    this.#source = source;
    const video = el("video", {
      playsinline: true, autoplay: true, "aria-hidden": "true", disablepictureinpicture: true,
    });
    this.element = el("figure",
      { class: source === "second" ? "tile whole" : "tile", dataset: { seat: person.seat, source } },
      video, this.#nobody, this.#listen,
      el("figcaption", null, el("span", { class: "name" }, this.#name, this.#role), this.#flag));
    const draw = () => this.#draw();
    this.viewer = new Viewer(person.seat, source, {
      video, onState: draw, onFlow: draw, onMuted: (muted) => show(this.#listen, muted),
    });
    for (const event of ["playing", "resize"]) video.addEventListener(event, draw);
    // One press is enough for every tile: the browser then lets this page be heard.
    this.#listen.addEventListener("click", () => document.dispatchEvent(new CustomEvent("listen")));
    document.addEventListener("listen", this.#onListen);
    this.#draw();
  }

  #onListen = () => void this.viewer.listen();

  /**
   * @param {Person} person
   * @param {"live" | "silent" | undefined} state what the server receives of this source
   * @param {"good" | "fair" | "poor" | "lost"} [level] the line of that person
   */
  update(person, state, level) {
    this.#person = person;
    this.#came ||= person.present;
    this.#state = state;
    this.#level = level;
    this.viewer.expect(state);
    this.#draw();
  }

  hurry() {
    this.viewer.hurry();
  }

  /** A video moved in the page stops: start it again. */
  resume() {
    if (this.viewer.video.paused && this.viewer.video.srcObject) void this.viewer.video.play().catch(() => {});
  }

  drawSpeaking() {
    classes(this.element, { speaking: this.viewer.flowing && this.viewer.level > SPEAKING_LEVEL });
  }

  /** @param {boolean} [ended] the right to this picture is gone: the server has ended it */
  close(ended = false) {
    document.removeEventListener("listen", this.#onListen);
    this.viewer.close(ended);
    this.element.remove();
  }

  #draw() {
    const { name, initials } = this.#person;
    const [first, rest] = this.#source === "second" ? [t("Partagé par {name}", { name }), ""] : splitName(this.#person);
    text(/** @type {Element} */ (this.#name.firstElementChild), first);
    text(/** @type {Element} */ (this.#name.lastElementChild), rest);
    text(this.#role, this.#source === "second" ? "" : roleOf(this.#person));
    show(this.#role, this.#source !== "second");
    text(this.#initials, initials);
    const seen = this.viewer.flowing && this.viewer.video.videoWidth > 0 && this.#state !== "silent";
    this.#shown ||= seen;
    show(this.#nobody, !seen || this.note);
    text(this.#why, this.note || this.#words());
    attr(this.element, "data-state", seen ? "live" : this.viewer.state);
    show(this.#flag, seen && this.#level === "poor");
    text(/** @type {Element} */ (this.#flag.lastElementChild), t("connexion faible"));
  }

  #words() {
    const { first_name: name, present } = this.#person;
    if (this.#source === "second") return t("L’image partagée arrive…");
    if (this.#state === "silent") return t("L’image de {name} s’est arrêtée. Elle revient dès que possible.", { name });
    if (this.viewer.state === "interrupted" || (this.#shown && this.#state === "live")) {
      return t("L’image de {name} revient…", { name });
    }
    if (this.#state === "live") return t("L’image de {name} arrive…", { name });
    if (present) return t("{name} est là. Sa caméra n’est pas ouverte ici pour l’instant.", { name });
    return this.#came ? t("La connexion de {name} est coupée.", { name }) : t("{name} n’est pas encore là.", { name });
  }
}

/**
 * The first name, and the rest that a small tile leaves out.
 * @param {Person} person
 */
function splitName({ name, first_name: first }) {
  return first && name.startsWith(first) ? [first, name.slice(first.length)] : [name, ""];
}
