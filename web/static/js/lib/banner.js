/** What is told under the bar, to everybody looking: one line per cause, replaced, removed when it is over. */
import { announce } from "./announce.js";
import { $, attr, el, icon, keyed, setIcon, show, text } from "./dom.js";
import { t } from "./i18n.js";

/**
 * @typedef {object} Banner
 * @property {string} id
 * @property {"info" | "ok" | "warn" | "bad"} kind
 * @property {string} icon
 * @property {string} title
 * @property {string} [words]
 * @property {boolean} [close]
 * @property {() => void} [onClose]
 * @property {boolean} [silent]
 * @property {boolean} [untilAct]
 * @property {boolean} [receipt]
 * @property {Offer} [action]
 * @property {Offer} [also] another way, less near
 * @typedef {{words: string, run: (button: HTMLElement) => void}} Offer
 */

/** A receipt asks for nothing: it goes by itself after this long. */
const RECEIPT_MS = 10000;

/** @type {Map<string, Banner>} */
const shown = new Map();

/**
 * Shows a banner, or changes the one of the same id. It is announced when its words are new.
 * @param {Banner} banner
 */
export function tell(banner) {
  const before = shown.get(banner.id);
  if (before && before.title === banner.title && before.words === banner.words && before.kind === banner.kind) return;
  shown.set(banner.id, banner);
  if (banner.receipt) setTimeout(() => shown.get(banner.id) === banner && close(banner.id), RECEIPT_MS);
  draw();
  if (!banner.silent && (before?.title !== banner.title || before?.words !== banner.words)) {
    announce([banner.title, banner.words].filter(Boolean).join(" "));
  }
}

/** @param {string} id */
export function untell(id) {
  if (shown.delete(id)) draw();
}

/** The person does something else: what was told until then has been read. */
export function actBegins() {
  for (const { id, untilAct } of [...shown.values()]) if (untilAct) close(id);
}

function draw() {
  keyed($("#banners"), [...shown.values()], (one) => one.id, create, update);
}

/** @param {Banner} banner */
function create(banner) {
  return el("div", { class: "banner" }, icon(banner.icon), el("div", null, el("strong"), " ", el("p")),
    el("button", {
      class: "btn", type: "button", hidden: true, dataset: { action: "" },
      on: {
        click: (/** @type {MouseEvent} */ event) =>
          shown.get(banner.id)?.action?.run(/** @type {HTMLElement} */ (event.currentTarget)),
      },
    }),
    banner.also && el("button", {
      class: "btn quiet", type: "button", dataset: { also: "" },
      on: {
        click: (/** @type {MouseEvent} */ event) =>
          shown.get(banner.id)?.also?.run(/** @type {HTMLElement} */ (event.currentTarget)),
      },
    }),
    banner.close
      && el("button", { class: "btn quiet", type: "button", on: { click: () => close(banner.id) } }, t("Fermer")));
}

/** @param {string} id */
function close(id) {
  shown.get(id)?.onClose?.();
  untell(id);
}

/**
 * @param {HTMLElement} node
 * @param {Banner} banner
 */
function update(node, banner) {
  attr(node, "class", `banner ${banner.kind}`);
  setIcon($("svg", node), banner.icon);
  text($("strong", node), banner.title);
  text($("p", node), banner.words);
  const action = $("[data-action]", node);
  show(action, banner.action);
  text(action, banner.action?.words);
  const also = node.querySelector("[data-also]");
  if (also) text(also, banner.also?.words);
}
