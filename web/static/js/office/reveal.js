/**
 * A password can be looked at before it is sent: a long one is written blindly else. It is masked again as it leaves,
 * for no browser keeps a masked field among what it suggests. Without a script it stays masked.
 */
import { $, $$, attr, el, icon } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

for (const field of $$("input[type=password]")) offer(/** @type {HTMLInputElement} */ (field));

/** @param {HTMLInputElement} field */
function offer(field) {
  const name = $(`label[for="${field.id}"]`).textContent ?? "";
  const button = el("button", {
    class: "btn quiet", type: "button", "aria-pressed": "false", "aria-label": t("Montrer : {field}", { field: name }),
    on: { click: () => masked(field.type === "text") },
  }, icon("eye"), t("Montrer"));
  field.after(el("div", { class: "revealed" }, button));
  button.before(field);
  field.form?.addEventListener("submit", () => masked(true));

  /** @param {boolean} yes */
  function masked(yes) {
    field.type = yes ? "password" : "text";
    attr(button, "aria-pressed", String(!yes));
  }
}
