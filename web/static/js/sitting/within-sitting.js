/**
 * The page's content, drawn anew by the server: when the sitting has moved on, and, while picture and sound run, when
 * somebody follows a link or sends a form of the sitting, so that the room is not left for it.
 */
import { announce } from "../lib/announce.js";
import { tell, untell } from "../lib/banner.js";
import { $$ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { within as timeLimit } from "../lib/within.js";

const ANSWER_MS = 15000;

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/** @param {Element} one */
function selectorOf(one) {
  if (one.id) return `#${CSS.escape(one.id)}`;
  const href = one.getAttribute("href");
  if (href) return `a[href="${CSS.escape(href)}"]`;
  const action = one.closest("form")?.getAttribute("action");
  if (!action) return one.localName;
  const name = one.getAttribute("name");
  const value = picked(one) ? `[value="${CSS.escape(one.value)}"]` : "";
  return `form[action="${CSS.escape(action)}"] ${one.localName}${name ? `[name="${CSS.escape(name)}"]` : ""}${value}`;
}

/**
 * Finds in the page drawn anew what stood there before. Several that nothing else tells apart, as two links to one
 * place, are told apart by their words, then by their order.
 * @param {Element} one
 * @param {ParentNode} before where it stood
 * @returns {(now: ParentNode) => HTMLElement | null}
 */
function again(one, before) {
  const selector = selectorOf(one), words = one.textContent;
  /** @param {ParentNode} where */
  const alike = (where) => [...where.querySelectorAll(selector)].filter((each) => each.textContent === words);
  const order = alike(before).indexOf(one);
  return (now) => /** @type {HTMLElement | undefined} */ (alike(now)[order]) ?? null;
}

/**
 * Whether it is picked rather than written: its value is its name among others.
 * @param {Element} one
 * @returns {one is HTMLInputElement}
 */
function picked(one) {
  return one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox");
}

/**
 * What people write or choose on the page, and have not sent.
 * @param {ParentNode} where
 * @returns {Field[]}
 */
function unsent(where) {
  /** @type {NodeListOf<Field>} */
  const fields = where.querySelectorAll("input:not([type=hidden]), select, textarea");
  return [...fields].filter((one) => {
    if (picked(one)) return one.checked !== one.defaultChecked;
    if (!(one instanceof HTMLSelectElement)) return one.value !== one.defaultValue;
    const first = [...one.options].find((option) => option.defaultSelected) ?? one.options[0];
    return one.value !== (first?.value ?? "");
  });
}

/**
 * @param {Field} from
 * @param {HTMLElement | null} to
 */
function copy(from, to) {
  if (!to) return;
  if (picked(from)) /** @type {HTMLInputElement} */ (to).checked = from.checked;
  else /** @type {Field} */ (to).value = from.value;
}

export class Within {
  position;
  #content;
  #inRoom;
  #drawn;
  #asking = false;
  /** Of the sitting, as far as the page was told of it. */
  #known = 0;
  #pressed = false;

  /**
   * @param {HTMLElement} content
   * @param {() => boolean} inRoom whether something would be cut by leaving the page
   * @param {() => void} drawn the content is another: what a script draws in it is to be drawn again
   */
  constructor(content, inRoom, drawn) {
    this.#content = content;
    this.#inRoom = inRoom;
    this.#drawn = drawn;
    this.position = Number(content.dataset.position ?? 0);
    // What answers a form stands where the form was sent to, and nothing can be asked for there.
    if (content.dataset.answers) history.replaceState(null, "", content.dataset.address);
    document.addEventListener("click", (event) => this.#followed(event));
    document.addEventListener("submit", (event) => this.#sent(event));
    // What is under a finger stays there until it is lifted: a press on what was replaced meanwhile would be lost.
    document.addEventListener("pointerdown", () => { this.#pressed = true; });
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => {
      this.#pressed = false;
      void this.#catchUp();
    }));
    addEventListener("popstate", () => location.reload());
  }

  /**
   * The sitting has moved on: the page as it is now, unless somebody is writing on it.
   * @param {number} position
   */
  async refresh(position) {
    this.#known = Math.max(this.#known, position);
    await this.#catchUp();
  }

  async #catchUp() {
    if (this.#asking || this.#pressed || this.position >= this.#known) return;
    if (this.#writing()) {
      tell({
        id: "moved", kind: "info", icon: "info", title: t("La séance a avancé."),
        words: t("Ce que vous écrivez est gardé. Envoyez-le, ou affichez la page à jour."),
        action: { words: t("Afficher la page à jour"), run: () => void this.#draw(location.href, {}, true) },
      });
      return;
    }
    const before = this.position;
    if (await this.#draw(location.href, {}, false) && this.position > before) await this.#catchUp();
  }

  /** Also where a form was answered: what was refused, or waits for a mailed code, is on no other page. */
  #writing() {
    return this.#content.dataset.answers !== undefined || unsent(this.#content).length > 0
      || this.#content.querySelector("form[aria-busy=true]") !== null;
  }

  /** @param {MouseEvent} event */
  #followed(event) {
    const link = /** @type {Element} */ (event.target).closest?.("a[data-within]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!(link instanceof HTMLAnchorElement) || !plain || !this.#inRoom()) return;
    event.preventDefault();
    void this.#draw(link.href, {}, true).then(() => this.#catchUp());
  }

  /** @param {SubmitEvent} event */
  #sent(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-within]") || !this.#inRoom()) return;
    event.preventDefault();
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    void this.#draw(form.action, { method: "POST", body }, true, form).then(() => this.#catchUp());
  }

  /**
   * @param {string} address
   * @param {RequestInit} how
   * @param {boolean} asked somebody asked for it: it is a page of its own
   * @param {HTMLFormElement | null} [form] the one that was sent
   * @returns {Promise<boolean>} whether the page is another now
   */
  async #draw(address, how, asked, form = null) {
    this.#asking = true;
    try {
      const answer = await fetch(address, { ...how, cache: "no-store", signal: timeLimit(ANSWER_MS) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const content = page.getElementById("content");
      // Not a page of the sitting any more: what stands there is the browser's to show.
      if (!content) {
        location.assign(answer.url || address);
        return false;
      }
      const own = content.dataset.answers ? content.dataset.address : answer.url;
      this.#replace(content, form);
      this.#head(page);
      if (asked) this.#arrive(page, new URL(own ?? "", location.href), new URL(address, location.href).hash);
      return true;
    } catch {
      if (asked) tell({
        id: "within", kind: "warn", icon: "alert", title: t("Le serveur ne répond pas."),
        words: t("Rien n’a été fait ici. Vérifiez votre connexion, puis recommencez."),
      });
      return false;
    } finally {
      this.#asking = false;
    }
  }

  /**
   * What stands on the page, by what the server says now. As long as it is the same page, what was opened stays open,
   * and what was written in other forms than the one sent stays written.
   * @param {HTMLElement} content
   * @param {HTMLFormElement | null} form
   */
  #replace(content, form) {
    untell("moved");
    untell("within");
    const before = this.#content;
    const same = before.dataset.address === content.dataset.address;
    const focused = document.activeElement && before.contains(document.activeElement)
      ? again(document.activeElement, before) : null;
    const opened = same ? $$("details[open] > summary", before).map((one) => again(one, before)) : [];
    const written = form && same ? unsent(before).filter((one) => one.form !== form) : [];
    const rewrite = written.map((one) => ({ one, place: again(one, before) }));
    this.position = Number(content.dataset.position ?? this.position);
    for (const { name } of [...before.attributes]) if (name.startsWith("data-")) before.removeAttribute(name);
    Object.assign(before.dataset, content.dataset);
    before.replaceChildren(...content.childNodes);
    for (const place of opened) place(before)?.parentElement?.setAttribute("open", "");
    for (const { one, place } of rewrite) copy(one, place(before));
    this.#drawn();
    focused?.(before)?.focus({ preventScroll: true });
  }

  /** @param {Document} page */
  #head(page) {
    document.title = page.title;
    const ways = page.querySelector(".top nav");
    if (ways) document.querySelector(".top nav")?.replaceWith(ways);
  }

  /**
   * A page of its own, which somebody asked for: its address, and the focus on what it says first.
   * @param {Document} page
   * @param {URL} url where it is asked for again
   * @param {string} asked the place on it, "#decision"
   */
  #arrive(page, url, asked) {
    const place = url.hash || asked, address = url.pathname + url.search + place;
    if (address !== location.pathname + location.search + location.hash) history.pushState(null, "", address);
    const first = this.#content.querySelector("#wrongs") ?? (place && document.getElementById(place.slice(1)))
      ?? document.getElementById("main");
    if (first instanceof HTMLElement) {
      first.focus();
      first.scrollIntoView();
    }
    announce(page.title);
  }
}
