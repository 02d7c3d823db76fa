/**
 * The people on the stage: one tile per source that this seat may see, in step with the view and with what is live.
 *
 *   const stage = new Stage(stream, { place: (person, source) => source === "second" ? $("#shared") : $("#jury") });
 *
 * @typedef {import("../../view").View} View
 * @typedef {import("../../view").Person} Person
 * @typedef {{person: Person, source: "main" | "second"}} Shown
 */
import { keyed } from "../dom.js";
import { Tile } from "./tile.js";

const SPEAKING_EVERY_MS = 250;

export class Stage {
  #stream;
  #place;
  #order;
  #onTile;
  /** @type {Map<string, Tile>} */
  #tiles = new Map();
  /** @type {Set<HTMLElement>} */
  #places = new Set();

  /**
   * @param {import("../stream.js").RoomStream} stream
   * @param {object} options
   * @param {(person: Person, source: "main" | "second") => HTMLElement | null} options.place where a tile goes; null:
   *   not shown
   * @param {(a: Shown, b: Shown) => number} [options.order]
   * @param {(tile: Tile, shown: Shown) => void} [options.onTile] a tile was made, or its person changed
   */
  constructor(stream, { place, order = byRole, onTile = () => {} }) {
    this.#stream = stream;
    this.#place = place;
    this.#order = order;
    this.#onTile = onTile;
    stream.onView(() => this.draw());
    stream.onLive(() => this.draw());
    stream.onLine(({ state }) => { if (state === "open") this.hurry(); });
    stream.onClosed(() => this.#end());
    addEventListener("online", () => this.hurry());
    setInterval(() => { for (const tile of this.#tiles.values()) tile.drawSpeaking(); }, SPEAKING_EVERY_MS);
  }

  /** @param {string} seat @param {"main" | "second"} [source] */
  tile(seat, source = "main") {
    return this.#tiles.get(`${seat}/${source}`);
  }

  /** The line is back: whoever waits tries at once. */
  hurry() {
    for (const tile of this.#tiles.values()) tile.hurry();
  }

  /** Draws again: call it when `place` would answer otherwise. */
  draw() {
    const view = this.#stream.view;
    if (!view) return;
    const shown = this.#shown(view);
    for (const [key, tile] of this.#tiles) {
      if (shown.some((one) => keyOf(one) === key)) continue;
      tile.close(!view.media.view.includes(key.split("/")[0]));
      this.#tiles.delete(key);
    }
    /** @type {Map<HTMLElement, Shown[]>} */
    const places = new Map([...this.#places].map((place) => [place, []]));
    for (const one of shown) {
      const place = /** @type {HTMLElement} */ (this.#place(one.person, one.source));
      places.set(place, [...(places.get(place) ?? []), one]);
    }
    for (const [place, here] of places) {
      keyed(place, here, keyOf, (one) => this.#tileOf(one).element, (_node, one) => this.#update(one));
      this.#places.add(place);
    }
    for (const tile of this.#tiles.values()) tile.resume();
  }

  /** The door closed: the server has ended every picture. */
  #end() {
    for (const tile of this.#tiles.values()) tile.close(true);
    this.#tiles.clear();
    for (const place of this.#places) keyed(place, [], keyOf, () => place);
  }

  /** @param {View} view @returns {Shown[]} */
  #shown(view) {
    const live = this.#stream.live.sources;
    return view.people
      .filter((person) => view.media.view.includes(person.seat) && !person.you)
      .flatMap((person) => /** @type {Shown[]} */ ([
        { person, source: "main" },
        ...(live.some((one) => one.seat === person.seat && one.source === "second")
          ? [{ person, source: "second" }]
          : []),
      ]))
      .filter((one) => this.#place(one.person, one.source))
      .sort(this.#order);
  }

  /** @param {Shown} shown */
  #tileOf(shown) {
    const key = keyOf(shown);
    const tile = this.#tiles.get(key) ?? new Tile(shown.person, shown.source);
    this.#tiles.set(key, tile);
    return tile;
  }

  /** @param {Shown} shown */
  #update(shown) {
    const tile = this.#tileOf(shown);
    const { sources, quality } = this.#stream.live;
    const state = sources.find((one) => one.seat === shown.person.seat && one.source === shown.source)?.state;
    tile.update(shown.person, state, quality[shown.person.seat]?.level);
    this.#onTile(tile, shown);
  }
}

/** @param {Shown} one */
function keyOf(one) {
  return `${one.person.seat}/${one.source}`;
}

const ROLES = ["candidate", "juror", "aid", "observer", "organizer"];

/** The candidate, the president, the jurors, then whoever helps or watches. @param {Shown} a @param {Shown} b */
function byRole(a, b) {
  return ROLES.indexOf(a.person.role) - ROLES.indexOf(b.person.role)
    || Number(b.person.president) - Number(a.person.president);
}
