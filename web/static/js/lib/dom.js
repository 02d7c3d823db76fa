/**
 * Small helpers over the DOM that change nothing when nothing changed: focus, selection and screen readers stay put.
 * What was written is remembered here and never read back from the page: a browser that translates a page puts its own
 * words there, and would otherwise be overwritten and translate again, for ever.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, (event: any) => unknown>} Listeners */
/** @typedef {{on?: Listeners, style?: Record<string, string>, dataset?: Record<string, string>}} Given */
/** @typedef {Record<string, unknown> & Given} Props */

const SVG = "http://www.w3.org/2000/svg";
const SPRITE = new URL("../../icons.svg", import.meta.url).pathname;

/**
 * The first element matching, or an error naming what the page lacks.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement}
 */
export function $(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`No ${selector} in the page`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export function $$(selector, root = document) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

/**
 * An element. `props` are attributes (true: empty, false, null and undefined: none) but for `on` (listeners),
 * `style` (set by property, as the CSP wants) and `dataset`.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props | null} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name === "dataset") Object.assign(node.dataset, value);
    else if (name !== "on" && name !== "style") attr(node, name, value);
  }
  for (const [event, listener] of Object.entries(props?.on ?? {})) node.addEventListener(event, listener);
  for (const [key, one] of Object.entries(props?.style ?? {})) node.style.setProperty(key, one);
  node.append(...children.flat()
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map(asNode));
  return node;
}

/**
 * @param {Child} child
 * @returns {Node | string}
 */
function asNode(child) {
  return child instanceof Node ? child : String(child);
}

/**
 * An icon of the sprite. It says nothing by itself: a word goes with it.
 * @param {string} name
 * @param {string} [kind] more classes
 */
export function icon(name, kind = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `ico ${kind}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${SPRITE}#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * Changes the icon that `icon` made.
 * @param {Element} svg
 * @param {string} name
 */
export function setIcon(svg, name) {
  const use = svg.querySelector("use");
  if (use) attr(use, "href", `${SPRITE}#i-${name}`);
}

/** @type {WeakMap<Node, string>} by node: what was last written into it */
const written = new WeakMap();

/**
 * @param {Node} node
 * @param {string | number | null | undefined} value
 * @returns {boolean} whether these are other words than before
 */
export function text(node, value) {
  const words = value === null || value === undefined ? "" : String(value);
  const before = written.get(node) ?? node.textContent;
  written.set(node, words);
  if (before === words) return false;
  node.textContent = words;
  return true;
}

/**
 * The whole content of a node, made anew where `words` are others than the last ones: for words with an icon or a link.
 * @param {Element} node
 * @param {string} words what the content depends on
 * @param {() => Child[]} make
 */
export function content(node, words, make) {
  if ((written.get(node) ?? node.textContent) === words) return;
  written.set(node, words);
  node.replaceChildren(...make().filter((child) => child !== null && child !== undefined && child !== false)
    .map(asNode));
}

/** Attributes that people read: a translation changes them too. @type {ReadonlySet<string>} */
const READ = new Set(["title", "aria-label", "alt", "placeholder"]);
/** @type {WeakMap<Element, Map<string, string>>} by element and such an attribute: what was last written */
const labelled = new WeakMap();

/**
 * @param {Element} node
 * @param {string} name
 * @param {unknown} value
 */
export function attr(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
    labelled.get(node)?.delete(name);
    return;
  }
  const words = value === true ? "" : String(value);
  const labels = labelled.get(node) ?? new Map();
  const before = labels.get(name) ?? node.getAttribute(name);
  if (READ.has(name)) labelled.set(node, labels.set(name, words));
  if (before !== words) node.setAttribute(name, words);
}

/**
 * @param {HTMLElement} node
 * @param {unknown} shown
 */
export function show(node, shown) {
  if (node.hidden === Boolean(shown)) node.hidden = !shown;
}

/**
 * @param {Element} node
 * @param {Record<string, unknown>} classes
 */
export function classes(node, classes) {
  for (const [name, on] of Object.entries(classes)) {
    if (node.classList.contains(name) !== Boolean(on)) node.classList.toggle(name, Boolean(on));
  }
}

/**
 * Is it drawn at all? (`checkVisibility` came with Safari 17.4.)
 * @param {Element} node
 */
export function drawn(node) {
  return node.getClientRects().length > 0;
}

/** @type {WeakMap<Element, Map<string, HTMLElement>>} */
const kept = new WeakMap();

/**
 * Keeps the children of `parent` in step with `items`: one element per key, made once, updated each time, moved only
 * when the order changed, removed when its item is gone. Other children of `parent` stay before them.
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {(item: T, index: number) => string | number} key
 * @param {(item: T, index: number) => HTMLElement} create
 * @param {(node: HTMLElement, item: T, index: number) => void} [update] called after `create` too
 * @returns {HTMLElement[]}
 */
export function keyed(parent, items, key, create, update) {
  const before = kept.get(parent) ?? new Map();
  /** @type {Map<string, HTMLElement>} */
  const after = new Map();
  items.forEach((item, index) => {
    const name = String(key(item, index));
    const node = before.get(name) ?? create(item, index);
    update?.(node, item, index);
    after.set(name, node);
  });
  for (const [name, node] of before) if (after.get(name) !== node) node.remove();
  // Walking backwards, an element already followed by its successor is never moved: its focus and its video live on.
  let next = /** @type {ChildNode | null} */ (null);
  for (const node of [...after.values()].reverse()) {
    if (node.parentNode !== parent || node.nextSibling !== next) parent.insertBefore(node, next);
    next = node;
  }
  kept.set(parent, after);
  return [...after.values()];
}
