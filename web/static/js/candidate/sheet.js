/** The attendance sheet, signed on screen (R3.2): drawn, or the name typed. */
import { act } from "../lib/act.js";
import { confirmed } from "../lib/dialog.js";
import { $, $$, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Pad } from "./pad.js";

/** @param {import("../lib/stream.js").RoomStream} stream */
export function startSheet(stream) {
  const form = /** @type {HTMLFormElement} */ ($("#sheet-form"));
  const name = /** @type {HTMLInputElement} */ ($("#sheet-name"));
  const pad = new Pad($("#pad"));
  for (const choice of $$("[name=how]", form)) choice.addEventListener("change", () => {
    show($("#sheet-drawn"), how() === "drawn");
    show($("#sheet-typed"), how() === "typed");
    wrong("");
    if (how() === "typed") name.focus();
  });
  $("#pad-clear").addEventListener("click", () => pad.clear());
  $("#sheet-refuse").addEventListener("click", (event) => void refuse(/** @type {HTMLElement} */ (event.currentTarget)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void sign();
  });

  function how() {
    return new FormData(form).get("how");
  }

  /** @param {string} words */
  function wrong(words) {
    text($("#sheet-wrong"), words);
    show($("#sheet-wrong"), words);
  }

  async function sign() {
    const hearing = stream.view?.hearing;
    const words = how() === "drawn" ? pad.path : name.value.trim();
    wrong(words ? "" : how() === "drawn" ? t("La zone est vide : dessinez votre signature, ou choisissez « Écrire mon nom ».") : t("Écrivez votre prénom et votre nom."));
    if (!hearing || !words) return;
    const answer = await act($("button[type=submit]", form), "SignSheet", { hearing: hearing.id, words }, { near: form });
    if (answer?.ok) pad.clear();
  }

  /** @param {HTMLElement} button */
  async function refuse(button) {
    const hearing = stream.view?.hearing;
    if (!hearing) return;
    const sure = await confirmed({
      title: t("Refuser de signer ?"), words: t("Votre refus est noté avec l’heure. Le jury décide alors de la suite : réessayer, continuer avec une réserve, ou arrêter."),
      yes: t("Je refuse de signer"), no: t("Revenir à la feuille"),
    });
    if (sure) await act(button, "RefuseSheet", { hearing: hearing.id }, { near: form });
  }
}
