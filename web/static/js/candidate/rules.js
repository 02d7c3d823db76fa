/** Step 1 at the door: the prevention message, acknowledged or refused (R6.1). */
import { confirmed } from "../lib/dialog.js";
import { $, el, keyed, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { act } from "../lib/sending/act.js";
import { wordingOf } from "./screens.js";

/** @typedef {import("../view").Hearing} Hearing */

/**
 * @param {import("../lib/stream.js").RoomStream} stream
 * @param {{back: () => void, done: () => void}} go
 */
export function startRules(stream, go) {
  const form = /** @type {HTMLFormElement} */ ($("#rules-form"));
  const read = /** @type {HTMLInputElement} */ ($("#rules-read"));
  const submit = $("button[type=submit]", form);
  stream.onView(({ hearing }) => {
    keyed($("#message"), hearing?.message ?? [], (_words, n) => n, () => el("p"), (node, words) => text(node, words));
    if (passed(hearing)) read.checked = true;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const hearing = stream.view?.hearing;
    if (!hearing) return;
    if (passed(hearing)) return go.done();
    void acknowledge(hearing);
  });
  $("#rules-refuse").addEventListener("click",
    (event) => void refuse(/** @type {HTMLElement} */ (event.currentTarget)));
  $("#rules-again").addEventListener("click", go.back);

  /** @param {Hearing} hearing */
  async function acknowledge(hearing) {
    const wording = await wordingOf(hearing.message ?? []);
    const answer = await act(submit, "AcknowledgePrevention", { hearing: hearing.id, wording }, { near: form });
    if (answer?.ok) go.done();
  }

  /** @param {HTMLElement} button */
  async function refuse(button) {
    const hearing = stream.view?.hearing;
    if (!hearing || passed(hearing)) return;
    const sure = await confirmed({
      title: t("Refuser les règles ?"),
      words: t("Sans votre accord vous ne pouvez pas entrer. Le jury en est informé et décide de la suite. "
        + "Vous pourrez encore changer d’avis."),
      yes: t("Je refuse"), no: t("Revenir aux règles"),
    });
    if (!sure) return;
    const answer = await act(button, "RefusePrevention", { hearing: hearing.id }, { near: form });
    if (answer?.ok) go.done();
  }
}

/** @param {Hearing | null | undefined} hearing */
function passed(hearing) {
  return Boolean(hearing?.may.includes("EnterWaitingRoom"));
}
