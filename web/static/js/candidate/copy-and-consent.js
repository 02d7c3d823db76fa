/** Step 2 at the door: the copy and the yes or no; and both again, in a dialog, from wherever a page offers them. */
import { announce } from "../lib/announce.js";
import { openDialog } from "../lib/dialog.js";
import { alsoInHelp } from "../lib/help.js";
import { $, $$, attr, content, el, icon, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { busy } from "../lib/sending/act.js";
import { Consent } from "./consent.js";
import { Copy } from "./copy.js";

/** @typedef {import("../view").FaceConsent} FaceConsent */

/**
 * @param {import("../lib/stream.js").RoomStream} stream
 * @param {{back: () => void, done: () => void}} go
 */
export function startIdentity(stream, go) {
  const copy = new Copy(stream);
  const consent = new Consent(stream);
  const left = $("#identity-left");
  $("#copy").append(copy.element);
  $("#consent").append(consent.element);
  startDialogs(stream);
  /** Pressed while the answer was on its way: the page turns as soon as it is known. */
  let goesOn = false;
  stream.onView(({ hearing }) => {
    const asked = hearing && "consent" in hearing.identity ? hearing.identity.consent : undefined;
    show($("#consent-card"), asked);
    if (asked?.state === "unanswered") return;
    if (goesOn) {
      goesOn = false;
      return go.done();
    }
    text(left, asked && !copy.supplied
      ? t("Pas de copie sous la main ? Continuez : vous pourrez encore la fournir en salle d’attente.") : "");
  });
  $("#identity-back").addEventListener("click", go.back);
  $("#identity-done").addEventListener("click", (event) => {
    if (consent.answered) return go.done();
    if (consent.sending) return void goOn(/** @type {HTMLElement} */ (event.currentTarget), consent.sending);
    const first = t("Répondez d’abord oui ou non. Les deux réponses conviennent.");
    content(left, first, () => [el("span", { class: "wrong" }, icon("info"), first)]);
    announce(first);
    consent.focus();
  });

  /** @param {HTMLElement} button @param {Promise<boolean>} sending */
  async function goOn(button, sending) {
    goesOn = true;
    // Not taken: the words stand beside the answer, and the person answers again.
    if (!await busy(button, () => sending)) goesOn = false;
  }
}

/** The copy and the answer, from any moment of the page. @param {import("../lib/stream.js").RoomStream} stream */
function startDialogs(stream) {
  const copy = new Copy(stream);
  const consent = new Consent(stream);
  const copies = $$("[data-copy]").map((button) => ({ button, words: $("span", button).textContent }));
  for (const { button } of copies) {
    button.addEventListener("click",
      () => openDialog({ title: t("Copie de votre pièce d’identité"), broad: true, body: [copy.element] }));
  }
  const controls = $$("[data-consent]");
  const open = () => openDialog({ title: t("Comparer votre visage : oui ou non ?"), body: [consent.element] });
  for (const button of controls) button.addEventListener("click", open);
  alsoInHelp((close) => {
    const hearing = stream.view?.hearing;
    const asked = hearing && "consent" in hearing.identity ? hearing.identity.consent : undefined;
    if (asked?.state !== "yes") return null;
    const run = () => { close(); open(); };
    return el("div", { class: "row" },
      el("button", { class: "btn", type: "button", "data-consent": "yes", on: { click: run } },
        icon("user"), el("span", null, asked.withdraw)));
  });
  stream.onView(({ hearing }) => {
    const asked = hearing && "consent" in hearing.identity ? hearing.identity.consent : undefined;
    for (const { button, words } of copies) text($("span", button), copy.supplied ? t("Revoir ma copie") : words);
    for (const button of controls) {
      show(button, offered(asked));
      attr(button, "data-consent", asked?.state ?? "");
      if (asked) text($("span", button), asked.state === "yes" ? asked.withdraw : t("Comparaison du visage"));
    }
  });
}

/**
 * Withdrawing stays possible as long as there is something to withdraw; answering, as long as it changes something.
 * @param {FaceConsent | undefined} consent
 */
function offered(consent) {
  return Boolean(consent) && (consent?.state === "yes" || !consent?.over);
}
