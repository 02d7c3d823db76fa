/**
 * The candidate's documents (R3.5): one tab a document, its pages as pictures with their text, and a reader to enlarge.
 * @typedef {import("../../view").DocumentView} DocumentView
 * @typedef {import("../../view").View} View
 * @typedef {{text: string, x: number, y: number, w: number, h: number}} Run
 */
import { openDialog } from "../../lib/dialog.js";
import { $, attr, el, icon, keyed, show, text } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { seatPath } from "../../lib/page.js";
import { tellMissing, whyMissing } from "../../lib/picture.js";
import { reveal } from "../../lib/tabs.js";

/** Of the reader's width. */
const ZOOMS = [0.5, 0.75, 1, 1.5, 2];
const FIRST_ZOOM = 1;

/**
 * @param {DocumentView} document
 * @param {number} page from 1
 */
function pageAddress(document, page) {
  return `${seatPath}documents/${encodeURIComponent(document.id)}/pages/${page}`;
}

export class Papers {
  #chosen = "";
  #page = 1;
  /** The document whose missing pages are told of. */
  #told = "";

  /** @param {{readonly view: View | null}} context the view as it stands */
  constructor(context) {
    this.context = context;
    this.list = $("#documents");
    this.pages = $("#pages");
    this.list.addEventListener("keydown", (event) => this.#tabKey(event));
    this.pages.addEventListener("keydown", (event) => this.#pageKey(event));
    $("#document-enlarge").addEventListener("click", () => this.#read());
  }

  /** @returns {DocumentView[]} the identity copies have their own place */
  get #documents() {
    return (this.context.view?.hearing?.documents ?? []).filter((one) => !one.kind.startsWith("identity"));
  }

  get #document() {
    return this.#documents.find((one) => one.id === this.#chosen) ?? this.#documents[0];
  }

  update() {
    const documents = this.#documents;
    show($("#papers"), documents.length);
    if (!documents.length) return;
    const shown = this.#document;
    keyed(this.list, documents, (one) => one.id,
      (one) => el("button", {
        class: "tab", role: "tab", type: "button", id: `document-${one.id}`, "aria-controls": "pages",
        on: { click: () => this.#choose(one.id) },
      }),
      (node, one) => {
        text(node, one.title);
        attr(node, "aria-selected", String(one.id === shown.id));
        attr(node, "tabindex", one.id === shown.id ? 0 : -1);
      });
    attr(this.pages, "aria-labelledby", `document-${shown.id}`);
    if (this.#told !== shown.id) this.#told = "";
    show($("#document-missing"), this.#told);
    const note = $("#document-note");
    show(note, shown.kind === "formative");
    text(note, t("Évaluations consultatives : elles ne comptent dans aucun calcul."));
    keyed(this.pages, Array.from({ length: shown.pages }, (_, i) => i + 1), (page) => `${shown.id}/${page}`,
      (page) => this.#thumbnail(shown, page),
      (node, page) => {
        attr(node, "aria-current", page === this.#page ? "true" : null);
        attr(node, "tabindex", page === this.#page ? 0 : -1);
      });
  }

  /**
   * @param {DocumentView} document
   * @param {number} page
   */
  #thumbnail(document, page) {
    const image = el("img", {
      src: `${pageAddress(document, page)}.webp`, alt: t("Page {page} sur {pages}", { page, pages: document.pages }),
      loading: "lazy",
    });
    image.addEventListener("error", () => this.#missing(document, image));
    return el("button",
      {
        class: "page", type: "button", "data-page": page,
        on: { click: () => { this.#page = page; this.update(); this.#read(); } },
      },
      image);
  }

  /**
   * A small picture has no room for words: they stand once, above the pages.
   * @param {DocumentView} document
   * @param {HTMLImageElement} image
   */
  #missing(document, image) {
    image.replaceWith(icon("alert"), el("span", { class: "vh" }, image.alt));
    if (document.id !== this.#document?.id || this.#told === document.id) return;
    this.#told = document.id;
    void tellMissing($("#document-missing span"), image.src);
    show($("#document-missing"), true);
  }

  /** @param {string} id */
  #choose(id) {
    this.#chosen = id;
    this.#page = 1;
    this.update();
    reveal($(`#document-${CSS.escape(id)}`));
  }

  /** @param {KeyboardEvent} event */
  #tabKey(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const documents = this.#documents;
    if (!by || !documents.length) return;
    event.preventDefault();
    const at = documents.findIndex((one) => one.id === this.#document.id);
    const next = documents[(at + by + documents.length) % documents.length];
    this.#choose(next.id);
    $(`#document-${CSS.escape(next.id)}`).focus();
  }

  /** @param {KeyboardEvent} event */
  #pageKey(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.#page = Math.min(this.#document.pages, Math.max(1, this.#page + by));
    this.update();
    const node = this.pages.querySelector(`[data-page="${this.#page}"]`);
    if (node instanceof HTMLElement) node.focus();
  }

  #read() {
    if (this.#document) new Reader(this.#document, this.#page, (page) => { this.#page = page; this.update(); });
  }
}

/** One page at a time, large, with its text to read or to have read. */
class Reader {
  #zoom = FIRST_ZOOM;

  /**
   * @param {DocumentView} document
   * @param {number} page
   * @param {(page: number) => void} onPage
   */
  constructor(document, page, onPage) {
    this.document = document;
    this.page = page;
    this.onPage = onPage;
    this.image = el("img");
    this.layer = el("div", { class: "j-text-layer" });
    this.words = el("p");
    this.leaf = el("div", { class: "j-leaf" }, this.image, this.layer, whyMissing(this.image));
    this.count = el("p", { class: "dim num", role: "status" });
    this.sheet = el("div", { class: "j-sheet", tabindex: 0, role: "region", "aria-label": document.title }, this.leaf);
    this.out = el("button",
      { class: "btn square", type: "button", "aria-label": t("Réduire la page"), on: { click: () => this.#size(-1) } },
      icon("dash"));
    this.closer = el("button",
      { class: "btn square", type: "button", "aria-label": t("Agrandir la page"), on: { click: () => this.#size(1) } },
      icon("plus"));
    this.previous = el("button", { class: "btn", type: "button", on: { click: () => this.#turn(-1) } }, icon("back"),
      t("Précédente"));
    this.next = el("button", { class: "btn", type: "button", on: { click: () => this.#turn(1) } }, t("Suivante"),
      icon("next"));
    const { dialog } = openDialog({
      title: document.title, broad: true, onClose: () => this.onPage(this.page),
      body: [this.sheet, el("details", { class: "j-text" }, el("summary", null, t("Texte de la page")), this.words)],
      actions: () => [this.count, this.out, this.closer, this.previous, this.next],
    });
    dialog.classList.add("j-reader");
    dialog.addEventListener("keydown", (event) => this.#key(event));
    this.sheet.focus();
    this.#size(0);
    this.#draw();
  }

  /** @param {1 | -1} by */
  #turn(by) {
    const page = this.page + by;
    if (page < 1 || page > this.document.pages) return;
    this.page = page;
    this.sheet.scrollTo(0, 0);
    this.#draw();
  }

  /** @param {-1 | 0 | 1} by */
  #size(by) {
    this.#zoom = Math.min(ZOOMS.length - 1, Math.max(0, this.#zoom + by));
    this.leaf.style.setProperty("inline-size", `${100 * ZOOMS[this.#zoom]}%`);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    /** @type {Record<string, () => void>} */
    const does = {
      ArrowRight: () => this.#turn(1), PageDown: () => this.#turn(1), ArrowLeft: () => this.#turn(-1),
      PageUp: () => this.#turn(-1), "+": () => this.#size(1), "-": () => this.#size(-1),
    };
    const act = does[event.key];
    // Enlarged, the arrows move over the page.
    if (!act || (ZOOMS[this.#zoom] > 1 && event.key.startsWith("Arrow") && event.target === this.sheet)) return;
    event.preventDefault();
    act();
  }

  #draw() {
    const { document, page } = this;
    attr(this.image, "src", `${pageAddress(document, page)}.webp`);
    attr(this.image, "alt",
      t("{title}, page {page} sur {pages}. Le texte suit.", { title: document.title, page, pages: document.pages }));
    text(this.count, t("Page {page} sur {pages}", { page, pages: document.pages }));
    attr(this.previous, "aria-disabled", page === 1 ? "true" : null);
    attr(this.next, "aria-disabled", page === document.pages ? "true" : null);
    void this.#text(page);
  }

  /** @param {number} page */
  async #text(page) {
    this.layer.replaceChildren();
    text(this.words, "");
    try {
      const response = await fetch(`${pageAddress(this.document, page)}/text`);
      if (page !== this.page) return;
      if (!response.ok) throw new Error(String(response.status));
      const { width, height, runs } = await response.json();
      this.#lay(width, height, runs);
      text(this.words,
        runs.map((/** @type {Run} */ run) => run.text).join(" ")
          || t("Cette page n’a pas de texte : c’est une image."));
    } catch {
      if (page === this.page) {
        text(this.words, t("Le texte de cette page n’est pas arrivé. Rouvrez-la dans un instant."));
      }
    }
  }

  /**
   * The text over the picture, where it is printed: to select and to search.
   * @param {number} width of the page, in the runs' unit
   * @param {number} height
   * @param {Run[]} runs
   */
  #lay(width, height, runs) {
    this.layer.replaceChildren(...runs.map((run) => el("span", { style: {
      "inset-inline-start": `${(100 * run.x) / width}%`, "inset-block-start": `${(100 * run.y) / height}%`,
      "font-size": `${(100 * run.h) / width}cqi`,
    } }, run.text)));
  }
}
