/**
 * The page's content, drawn anew by the server: when the sitting has moved on, and, while picture and sound run, when
 * somebody follows a link or sends a form of the sitting, so that the room is not left for it.
 */
import { announce } from "../lib/announce.js";
import { tell, untell } from "../lib/banner.js";
import { t } from "../lib/i18n.js";
import { within as timeLimit } from "../lib/within.js";

const ANSWER_MS = 15000;

/**
 * Finds in the page drawn anew what stood there before.
 * @param {Element | null} one
 */
function placeOf(one) {
  if (!one) return "";
  if (one.id) return `#${CSS.escape(one.id)}`;
  const href = one.getAttribute("href");
  if (href) return `a[href="${CSS.escape(href)}"]`;
  const action = one.closest("form")?.getAttribute("action");
  if (!action) return "";
  const name = one.getAttribute("name");
  return `form[action="${CSS.escape(action)}"] ${one.localName}${name ? `[name="${CSS.escape(name)}"]` : ""}`;
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
        action: { words: t("Afficher la page à jour"), run: () => location.reload() },
      });
      return;
    }
    const before = this.position;
    if (await this.#draw(location.href, {}, false) && this.position > before) await this.#catchUp();
  }

  #writing() {
    return [...this.#content.querySelectorAll("textarea, input[type=text], input[type=date], input[type=time]")]
      .some((one) => {
        const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (one);
        return field.value !== field.defaultValue;
      });
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
    void this.#draw(form.action, { method: "POST", body }, true).then(() => this.#catchUp());
  }

  /**
   * @param {string} address
   * @param {RequestInit} how
   * @param {boolean} asked somebody asked for it: it is a page of its own
   * @returns {Promise<boolean>} whether the page is another now
   */
  async #draw(address, how, asked) {
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
      this.#put(page, content, asked ? new URL(answer.url, location.href) : null, address);
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
   * @param {Document} page
   * @param {HTMLElement} content
   * @param {URL | null} url where the answer came from; null: the page has stayed
   * @param {string} asked the address asked for, with its place on the page
   */
  #put(page, content, url, asked) {
    untell("moved");
    untell("within");
    const focused = document.activeElement && this.#content.contains(document.activeElement)
      ? placeOf(document.activeElement) : "";
    this.position = Number(content.dataset.position ?? this.position);
    this.#content.dataset.position = String(this.position);
    this.#content.replaceChildren(...content.childNodes);
    this.#drawn();
    const same = focused ? this.#content.querySelector(focused) : null;
    if (same instanceof HTMLElement) same.focus({ preventScroll: true });
    document.title = page.title;
    const ways = page.querySelector(".top nav");
    if (ways) document.querySelector(".top nav")?.replaceWith(ways);
    if (!url) return;
    const place = url.hash || new URL(asked, location.href).hash;
    history.pushState(null, "", url.pathname + url.search + place);
    const first = this.#content.querySelector("#wrongs") ?? (place && document.getElementById(place.slice(1)))
      ?? document.getElementById("main");
    if (first instanceof HTMLElement) {
      first.focus();
      first.scrollIntoView();
    }
    announce(page.title);
  }
}
