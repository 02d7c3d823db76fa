/** The browser's own dialog: it traps the focus, closes on Escape and gives the focus back by itself. */
import { el, icon } from "./dom.js";
import { t } from "./i18n.js";

let count = 0;

/**
 * Opens a dialog. It is removed from the page when it closes.
 * @param {object} options
 * @param {string} options.title
 * @param {(Node | string)[]} options.body
 * @param {(close: () => void) => HTMLElement[]} [options.actions] buttons, the main one last
 * @param {boolean} [options.broad]
 * @param {() => void} [options.onClose]
 * @returns {{dialog: HTMLDialogElement, close: () => void, footer: HTMLElement}}
 */
export function openDialog({ title, body, actions, broad = false, onClose }) {
  count += 1;
  const id = `dialog-${count}`;
  const dialog = /** @type {HTMLDialogElement} */ (el("dialog", {
    class: broad ? "broad" : null, "aria-labelledby": id,
  }));
  const close = () => dialog.close();
  const footer = el("footer", null,
    ...(actions?.(close) ?? [el("button", { class: "btn", type: "button", on: { click: close } }, t("Fermer"))]));
  dialog.append(
    el("header", null, el("h2", { id }, title),
      el("button", { class: "btn quiet square", type: "button", "aria-label": t("Fermer"), on: { click: close } },
        icon("x"))),
    el("div", { class: "body" }, ...body), footer);
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, close, footer };
}

/**
 * Asks before an act that cannot be taken back.
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.words what will happen
 * @param {string} options.yes the act, a verb
 * @param {string} [options.no]
 * @param {boolean} [options.bad] the act harms
 * @param {Node[]} [options.more] below the words
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, words, yes, no = t("Annuler"), bad = false, more = [] }) {
  return new Promise((resolve) => {
    let said = false;
    openDialog({
      title, body: [el("p", null, words), ...more],
      actions: (close) => [
        el("button", { class: "btn", type: "button", on: { click: close } }, no),
        el("button",
          { class: `btn ${bad ? "bad" : "main"}`, type: "button", on: { click: () => { said = true; close(); } } },
          yes),
      ],
      onClose: () => resolve(said),
    });
  });
}
