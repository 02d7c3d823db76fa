/**
 * The seat's event stream: one per page. It merges what changed into one view, comes back by itself, and knocks at a
 * closed door until it opens.
 *
 *   const stream = new RoomStream({ view: firstView });
 *   stream.onView((view) => …); stream.onLive((live) => …); stream.onLine((line) => …);
 *   stream.start();
 *
 * @typedef {import("../view").View} View
 * @typedef {import("../view").Live} Live
 * @typedef {"connecting" | "open" | "lost" | "shut" | "over"} LineState lost: no line · shut: this seat has no right to
 *   the room now · over: nor will it have one again, as far as the page knows
 * @typedef {{state: LineState, since: number}} Line
 */
import { Backoff, retryAfter } from "./backoff.js";
import { tell } from "./banner.js";
import { forgetDrafts } from "./drafts.js";
import { t } from "./i18n.js";
import { seatPath } from "./page.js";
import { readEvents } from "./sse.js";

/** A stream silent for this long is dead though the browser has not noticed; the server speaks more often. */
const SILENCE_MS = 20000;
/** How often to knock at a closed door, at first and at most. */
const KNOCK_MS = 3000;
const KNOCK_MOST_MS = 15000;
/** No page reloads itself more often than this: a server that answers oddly must not make it spin. */
const RELOAD_MS = 4000;

export class RoomStream {
  /** @type {View | null} */
  view;
  /** @type {Live} */
  live = { sources: [], quality: {} };
  /** @type {Line} */
  line = { state: "connecting", since: Date.now() };
  #path;
  #stays;
  #over;
  #kind;
  /** @type {string | null} */
  #firstKind;
  /** @type {string | null} */
  #lastId;
  #backoff = new Backoff(3000);
  /** How long the server asked to wait before the next try, in ms. */
  #asked = 0;
  #knocks = 0;
  /** Ends the present wait at a closed door. */
  #wake = () => {};
  /** @type {AbortController | null} */
  #abort = null;
  #stopped = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog;
  #listeners = {
    view: /** @type {Set<(view: View, changed: Partial<View>) => void>} */ (new Set()),
    live: /** @type {Set<(live: Live) => void>} */ (new Set()),
    line: /** @type {Set<(line: Line) => void>} */ (new Set()),
    closed: /** @type {Set<() => void>} */ (new Set()),
  };

  /**
   * @param {object} [options]
   * @param {View | null} [options.view] what the page was drawn with
   * @param {string} [options.path] default: this seat's
   * @param {(view: View) => string} [options.kind] which page a view belongs to: when it changes, the page is reloaded
   * @param {boolean} [options.stays] the page goes on without this stream: where its door closes, knock instead of
   *   reloading
   * @param {(view: View) => boolean} [options.over] whether a closed door is closed for good: the page that says so
   *   asks again only when somebody comes back to it
   */
  constructor({ view = null, path = `${seatPath}events`, kind, stays = false, over } = {}) {
    this.view = view;
    this.#path = path;
    this.#stays = stays;
    this.#over = over;
    this.#kind = kind;
    this.#firstKind = view && kind ? kind(view) : null;
    this.#lastId = view ? String(view.position) : null;
    addEventListener("online", () => { this.#backoff.hurry(); this.knock(); });
    addEventListener("offline", () => this.#cut());
    // Back from the browser's own memory: what the page shows is of then, and so is what it would send.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return;
      this.#backoff.hurry();
      this.knock();
    });
  }

  /**
   * Called at once with the present view when there is one, then at each change.
   * @param {(view: View, changed: Partial<View>) => void} listener
   */
  onView(listener) {
    this.#listeners.view.add(listener);
    if (this.view) listener(this.view, this.view);
    return this;
  }

  /** @param {(live: Live) => void} listener */
  onLive(listener) {
    this.#listeners.live.add(listener);
    return this;
  }

  /** @param {(line: Line) => void} listener */
  onLine(listener) {
    this.#listeners.line.add(listener);
    listener(this.line);
    return this;
  }

  /** The door closed: just before the page is reloaded, or before knocking (`stays`). @param {() => void} listener */
  onClosed(listener) {
    this.#listeners.closed.add(listener);
    return this;
  }

  start() {
    void this.#run();
    return this;
  }

  stop() {
    this.#stopped = true;
    this.#cut();
    this.knock();
  }

  /** Something says that a closed door may be open now: ask at once. */
  knock() {
    this.#wake();
  }

  async #run() {
    while (!this.#stopped) {
      this.#asked = 0;
      const next = await this.#connect();
      if (next === "retry" && !this.#stopped) await this.#backoff.wait(this.#asked);
    }
  }

  /** @returns {Promise<"retry" | "again">} */
  async #connect() {
    this.#abort = new AbortController();
    try {
      /** @type {Record<string, string>} */
      const headers = { Accept: "text/event-stream" };
      if (this.#lastId !== null) headers["Last-Event-ID"] = this.#lastId;
      this.#watch();
      const response = await fetch(this.#path, { headers, cache: "no-store", signal: this.#abort.signal });
      if (!response.ok) return await this.#refused(response);
      if ((this.line.state === "shut" || this.line.state === "over") && !this.#stays) this.#reload();
      this.#setLine("open");
      this.#knocks = 0;
      await readEvents(response, (event) => this.#take(event), () => this.#watch());
    } catch {
      // The line broke, or it was cut on purpose: both are told by the state of the line.
    } finally {
      clearTimeout(this.#watchdog);
    }
    if (!this.#stopped) this.#setLine("lost");
    return "retry";
  }

  /**
   * @param {Response} response
   * @returns {Promise<"retry" | "again">}
   */
  async #refused(response) {
    const { status } = response;
    this.#asked = retryAfter(response);
    if (status === 403) return this.#outside();
    if (status === 401 || status === 404 || status === 410) {
      forgetDrafts();
      this.#reload();
    }
    this.#setLine("lost");
    return "retry";
  }

  /** @returns {Promise<"again">} once it is worth asking */
  async #outside() {
    const over = this.#over && this.view && this.#over(this.view);
    // The line was cut while the door closed: the page still shows the room, and the server draws what is true now.
    if (this.#over && !over) this.#reload();
    this.#setLine(over ? "over" : "shut");
    this.#knocks += 1;
    await new Promise((resolve) => {
      this.#wake = () => resolve(undefined);
      if (!over) setTimeout(resolve, Math.min(KNOCK_MOST_MS, KNOCK_MS * this.#knocks));
    });
    return "again";
  }

  /** @param {import("./sse.js").ServerEvent} event */
  #take(event) {
    if (event.event === "closed") {
      if (JSON.parse(event.data).crowded) return this.#crowded();
      if (this.#stays) this.#shut();
      for (const listener of this.#listeners.closed) listener();
      if (this.#stays) return;
      this.#stopped = true;
      location.reload();
      return;
    }
    this.#backoff.reset();
    const data = JSON.parse(event.data);
    if (event.event === "live") {
      this.live = data;
      for (const listener of this.#listeners.live) listener(data);
    } else if (event.event === "view" || event.event === "board") {
      if (event.id !== null) this.#lastId = event.id;
      this.know(data);
    }
  }

  /**
   * Sections of the view that changed: as the stream tells them or, where none is open any more, as an act has made
   * them.
   * @param {Partial<View>} data
   */
  know(data) {
    this.view = { ...this.view, .../** @type {View} */ (data) };
    const view = this.view;
    if (this.#kind && this.#firstKind !== null && this.#kind(view) !== this.#firstKind) return location.reload();
    if (this.#kind) this.#firstKind = this.#kind(view);
    for (const listener of this.#listeners.view) listener(view, data);
  }

  /** Too many tabs of one seat: this one rests, or each would push out the next by coming back. */
  #crowded() {
    this.#stopped = true;
    this.#setLine("lost");
    tell({
      id: "crowded", kind: "warn", icon: "alert", title: t("Votre place est ouverte dans trop d’onglets."),
      words: t("Celui-ci ne reçoit plus rien. Fermez les autres, puis reprenez ici : "
        + "tout ce qui était enregistré l’est encore."),
      action: { words: t("Reprendre ici"), run: () => location.reload() },
    });
  }

  /** Nobody is seen any more, and what is live was for an open door. */
  #shut() {
    this.live = { sources: [], quality: {} };
    if (this.view) this.view = { ...this.view, media: { publish: [], view: [] }, people: [], acts: [] };
    this.#setLine("shut");
  }

  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#cut(), SILENCE_MS);
  }

  #cut() {
    this.#abort?.abort();
    this.#backoff.hurry();
  }

  #reload() {
    const last = Number(sessionStorage.getItem("reloaded") ?? 0);
    if (Date.now() - last < RELOAD_MS) return;
    sessionStorage.setItem("reloaded", String(Date.now()));
    location.reload();
  }

  /** @param {LineState} state */
  #setLine(state) {
    if (this.line.state === state) return;
    this.line = { state, since: Date.now() };
    for (const listener of this.#listeners.line) listener(this.line);
  }
}
