/**
 * Candidates moved over days by drag and by keyboard. Nothing is known here of hours or of what stands against them:
 * each move is asked of the server, which answers with the whole draft. Without this script hours are typed.
 */
import { $, $$, classes, el, icon, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/** @typedef {{words: string, grave: boolean}} Said */
/** @typedef {{key: string, name: string, session: string, hour: string, until: string, there: string, fixed: boolean,
 *   keep: boolean, said: Said[]}} Card */
/** @typedef {{session: string, title: string, cards: Card[], said: Said[]}} Day */
/** @typedef {{days: Day[], without: Card[], shown: string}} Laid */

/** How long somebody who presses a key again and again is waited for. */
const CALM_MS = 200;
const FIRST = "first";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-laying]"));
if (form) begin(form);

/** @param {HTMLFormElement} form */
function begin(form) {
  const announcer = $("#announcer");
  let asked = 0;
  let waiting = 0;
  /** @type {{key: string, x: number, y: number, to: string, after: string} | null} */
  let drag = null;

  for (const card of $$(".laying-card:not(.fixed)", form)) grip(card);
  show($("[data-how]", form), true);
  form.addEventListener("change", (event) => {
    const card = /** @type {Element} */ (event.target).closest(".laying-card");
    if (!(card instanceof HTMLElement)) return;
    if (event.target === hourOf(card) || event.target === dayOf(card)) keep(card);
    ask(card);
  });

  /** @param {HTMLElement} card */
  function grip(card) {
    const button = el("button", {
      class: "btn square laying-grip", type: "button",
      "aria-label": t("Déplacer {name} : flèches haut et bas pour l’heure, gauche et droite pour le jour",
        { name: card.dataset.name ?? "" }),
      on: { keydown: (event) => pressed(event, card), pointerdown: (event) => lift(event, card) },
    }, icon("hand"));
    $(".laying-name", card).append(button);
  }

  // By keyboard

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLElement} card
   */
  function pressed(event, card) {
    const vertical = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const sideways = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (!vertical && !sideways) return;
    event.preventDefault();
    if (vertical) step(hourOf(card), vertical);
    else aside(card, sideways);
    keep(card);
    ask(card);
  }

  /**
   * @param {HTMLInputElement} field
   * @param {number} way
   */
  function step(field, way) {
    if (!field.value) return;
    try {
      if (way > 0) field.stepUp();
      else field.stepDown();
    } catch {
      // An hour at the edge of the day stays where it is.
    }
  }

  /**
   * @param {HTMLElement} card
   * @param {number} way
   */
  function aside(card, way) {
    const field = dayOf(card);
    const next = field.selectedIndex + way;
    if (next >= 0 && next < field.options.length) field.selectedIndex = next;
  }

  // By drag

  /**
   * @param {PointerEvent} event
   * @param {HTMLElement} card
   */
  function lift(event, card) {
    if (event.button !== 0) return;
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    button.setPointerCapture(event.pointerId);
    drag = { key: card.dataset.key ?? "", x: event.clientX, y: event.clientY, to: "", after: "" };
    const end = new AbortController();
    const { signal } = end;
    button.addEventListener("pointermove", (moved) => over(moved, card), { signal });
    button.addEventListener("pointerup", () => { drop(card); end.abort(); }, { signal });
    button.addEventListener("pointercancel", () => { release(card); end.abort(); }, { signal });
  }

  /**
   * @param {PointerEvent} event
   * @param {HTMLElement} card
   */
  function over(event, card) {
    if (!drag) return;
    classes(card, { lifted: true });
    card.style.setProperty("translate", `${event.clientX - drag.x}px ${event.clientY - drag.y}px`);
    const day = days().find((one) => holds(one, event.clientX, event.clientY));
    const before = day ? standing(day, card, event.clientY) : undefined;
    drag.to = day?.dataset.session ?? "";
    drag.after = before?.dataset.key ?? FIRST;
    for (const one of days()) classes(one, { over: one === day });
    for (const one of $$(".laying-card", form)) classes(one, { behind: one === before });
  }

  /** @param {HTMLElement} card */
  function drop(card) {
    const moved = drag;
    release(card);
    if (moved?.to) ask(card, { move: moved.key, onto: moved.to, after: moved.after });
  }

  /** @param {HTMLElement} card */
  function release(card) {
    drag = null;
    card.style.removeProperty("translate");
    classes(card, { lifted: false });
    for (const one of [...days(), ...$$(".laying-card", form)]) classes(one, { over: false, behind: false });
  }

  /**
   * The card behind which this one would stand.
   * @param {HTMLElement} day
   * @param {HTMLElement} card
   * @param {number} y
   */
  function standing(day, card, y) {
    return $$(".laying-card", day).filter((one) => one !== card)
      .filter((one) => one.getBoundingClientRect().top + one.offsetHeight / 2 < y).at(-1);
  }

  /**
   * @param {HTMLElement} day
   * @param {number} x
   * @param {number} y
   */
  function holds(day, x, y) {
    const box = day.getBoundingClientRect();
    return !day.hidden && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  }

  // What the server says

  /**
   * @param {HTMLElement} card
   * @param {Record<string, string>} more
   */
  function ask(card, more = {}) {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => answered(card, more), CALM_MS);
  }

  /**
   * @param {HTMLElement} card
   * @param {Record<string, string>} more
   */
  async function answered(card, more) {
    const mine = ++asked;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") query.append(name, value);
    for (const [name, value] of Object.entries(more)) query.append(name, value);
    query.delete("key");
    const answer = await fetch(`${form.dataset.check}?${query}`, { headers: { Accept: "application/json" } })
      .catch(() => null);
    if (mine !== asked) return;
    if (!answer?.ok) {
      text(announcer, t("La vérification n’a pas abouti : réessayez, ou utilisez « Vérifier sans enregistrer »."));
      return;
    }
    const laid = /** @type {Laid} */ (await answer.json());
    draw(laid);
    tell(laid, card);
  }

  /** @param {Laid} laid */
  function draw(laid) {
    /** @type {HTMLInputElement} */ ($("[name=told]", form)).value = laid.shown;
    const focused = document.activeElement;
    for (const day of [...laid.days, { session: "", title: "", cards: laid.without, said: [] }]) {
      const place = $(`.laying-day[data-session="${day.session}"]`, form);
      said($(":scope > [data-said]", place), day.said);
      const list = $(".laying-cards", place);
      for (const one of day.cards) list.append(drawn(one));
      show(place, day.session || day.cards.length);
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus();
  }

  /** @param {Card} one */
  function drawn(one) {
    const card = $(`.laying-card[data-key="${one.key}"]`, form);
    text($("[data-until]", card), one.until);
    said($("[data-said]", card), one.said);
    if (one.fixed) return card;
    text($("[data-there]", card), one.there);
    const hour = hourOf(card);
    if (hour.value !== one.hour) hour.value = one.hour;
    dayOf(card).value = one.session;
    if (one.keep) keep(card);
    return card;
  }

  /**
   * @param {HTMLElement} place
   * @param {Said[]} several
   */
  function said(place, several) {
    $("ul", place).replaceChildren(...several.map((one) =>
      el("li", { class: one.grave ? "bad" : "warn" }, icon("alert"), el("span", null, one.words))));
  }

  /**
   * @param {Laid} laid
   * @param {HTMLElement} card
   */
  function tell(laid, card) {
    for (const day of [...laid.days, { title: t("sans heure"), cards: laid.without }]) {
      const one = day.cards.find((each) => each.key === card.dataset.key);
      if (!one) continue;
      const against = one.said.map((each) => each.words).join(" ") || t("Rien ne s’y oppose.");
      const { name, hour } = one;
      text(announcer, t("{name}, {day}, {hour}. {against}", { name, day: day.title, hour, against }));
    }
  }

  // The page's own

  function days() {
    return $$(".laying-day", form);
  }

  /** @param {HTMLElement} card */
  function hourOf(card) {
    return /** @type {HTMLInputElement} */ ($("input[type=time]", card));
  }

  /** @param {HTMLElement} card */
  function dayOf(card) {
    return /** @type {HTMLSelectElement} */ ($("select[name^=session-]", card));
  }

  /** @param {HTMLElement} card */
  function keep(card) {
    /** @type {HTMLInputElement} */ ($("[name^=keep-]", card)).checked = true;
  }
}
