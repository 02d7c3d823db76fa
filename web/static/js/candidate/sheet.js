/** The attendance sheet, signed on screen (R3.2): drawn, or the name typed. */
import { confirmed } from "../lib/dialog.js";
import { $, $$, show, text } from "../lib/dom.js";
import { Draft } from "../lib/drafts.js";
import { t } from "../lib/i18n.js";
import { act } from "../lib/sending/act.js";
import { Pad } from "./pad.js";

/** @param {import("../lib/stream.js").RoomStream} stream */
export function startSheet(stream) {
  const form = /** @type {HTMLFormElement} */ ($("#sheet-form"));
  const name = /** @type {HTMLInputElement} */ ($("#sheet-name"));
  const pad = new Pad($("#pad"));
  const near = $("#sheet-near");
  /** A name typed is there again after a reload; a drawn signature is drawn anew. @type {Draft<string> | null} */
  let draft = null;
  for (const choice of $$("[name=how]", form)) choice.addEventListener("change", () => {
    drawHow();
    wrong("");
    if (how() === "typed") name.focus();
  });
  stream.onView(({ hearing }) => {
    if (draft || !hearing) return;
    draft = new Draft("sheet name", hearing.id);
    if (!draft.keep(name)) return;
    /** @type {HTMLInputElement} */ ($("[name=how][value=typed]", form)).checked = true;
    drawHow();
  });
  $("#pad").addEventListener("pointerdown", () => wrong(""));
  $("#pad-clear").addEventListener("click", () => pad.clear());
  $("#sheet-refuse").addEventListener("click",
    (event) => void refuse(/** @type {HTMLElement} */ (event.currentTarget)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void sign();
  });

  function drawHow() {
    show($("#sheet-drawn"), how() === "drawn");
    show($("#sheet-typed"), how() === "typed");
  }

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
    wrong(words ? ""
      : how() === "drawn" ? t("La zone est vide : dessinez votre signature, ou choisissez « Écrire mon nom ».")
        : t("Écrivez votre prénom et votre nom."));
    if (!hearing || !words) return;
    const answer = await act($("button[type=submit]", form), "SignSheet", { hearing: hearing.id, words }, { near });
    if (!answer?.ok) return;
    pad.clear();
    draft?.clear();
  }

  /** @param {HTMLElement} button */
  async function refuse(button) {
    const hearing = stream.view?.hearing;
    if (!hearing) return;
    const sure = await confirmed({
      title: t("Refuser de signer ?"),
      words: t("Votre refus est noté avec l’heure. Le jury décide alors de la suite : réessayer, "
        + "continuer avec une réserve, ou arrêter."),
      yes: t("Je refuse de signer"), no: t("Revenir à la feuille"),
    });
    if (sure) await act(button, "RefuseSheet", { hearing: hearing.id }, { near });
  }
}
