/**
 * What the candidate is told of a suspected fraud, and how they answer: in their own words, signed, or not (R6.5). What
 * is typed is there again after a reload; what was sent is the server's to show.
 * @typedef {import("../view").SuspicionView} SuspicionView
 */
import { confirmed } from "../lib/dialog.js";
import { $, el, keyed, show, text } from "../lib/dom.js";
import { Draft } from "../lib/drafts.js";
import { hhmm, mmss, official, quoted, t } from "../lib/i18n.js";
import { act } from "../lib/sending/act.js";

/**
 * What still lacks before an answer can be signed, or "".
 * @param {string} words
 * @param {string} signature
 */
export function unsigned(words, signature) {
  if (!words) return t("Écrivez votre réponse, ou choisissez de ne pas répondre maintenant.");
  return signature ? "" : t("Écrivez votre prénom et votre nom pour signer.");
}

/** @param {import("../lib/stream.js").RoomStream} stream */
export function startSuspicion(stream) {
  const form = /** @type {HTMLFormElement} */ ($("#suspicion-form"));
  const area = /** @type {HTMLTextAreaElement} */ ($("#suspicion-words"));
  const name = /** @type {HTMLInputElement} */ ($("#suspicion-name"));
  const near = $("#suspicion-near");
  /** @type {number | null} what the fields are about */
  let about = null;
  /** @type {Draft<string>[]} */
  let drafts = [];
  for (const [place, field] of [area, name].entries()) {
    field.addEventListener("input", () => { drafts[place]?.set(field.value); wrong(""); });
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); void sign(); });
  $("#suspicion-decline").addEventListener("click", () => void decline());
  stream.onView(({ hearing }) => {
    const one = hearing?.suspicion;
    if (!hearing || !one) {
      about = null;
      return;
    }
    if (about !== one.incident) begin(one.incident, hearing.id);
    draw(one);
  });

  /**
   * @param {number} incident
   * @param {string} hearing
   */
  function begin(incident, hearing) {
    about = incident;
    drafts = ["words", "name"].map((field) => new Draft(`suspicion ${field} ${incident}`, hearing));
    area.value = drafts[0].get() ?? "";
    name.value = drafts[1].get() ?? "";
    wrong("");
  }

  /** @param {string} words */
  function wrong(words) {
    text($("#suspicion-wrong"), words);
    show($("#suspicion-wrong"), words);
  }

  /** @param {SuspicionView} one */
  function fields(one) {
    return { hearing: stream.view?.hearing?.id, incident: one.incident };
  }

  async function sign() {
    const one = stream.view?.hearing?.suspicion;
    const words = area.value.trim();
    const signature = name.value.trim();
    const why = unsigned(words, signature);
    wrong(why);
    if (why) return (words ? name : area).focus();
    if (!one) return undefined;
    const answer = await act($("#suspicion-sign"), "AnswerSuspicion", { ...fields(one), words, signature }, { near });
    if (answer?.ok) for (const draft of drafts) draft.clear();
    return undefined;
  }

  async function decline() {
    const one = stream.view?.hearing?.suspicion;
    if (!one) return;
    wrong("");
    const sure = await confirmed({
      title: t("Ne pas répondre maintenant ?"),
      words: t("C’est votre droit. Le dossier dit seulement que vous n’avez pas répondu maintenant ; "
        + "vous pourrez répondre plus tard, par écrit."),
      yes: t("Je ne réponds pas maintenant"), no: t("Revenir"),
    });
    if (sure) await act($("#suspicion-decline"), "DeclineAnswer", fields(one), { near });
  }
}

/** @param {SuspicionView} one */
function draw(one) {
  text($("#suspicion-kind"), one.kind_words);
  text($("#suspicion-when"), one.clock === null ? `${one.phase_words}, ${hhmm(one.at)}`
    : t("{phase}, à {clock} du début ({hour})",
      { phase: one.phase_words, clock: mmss(one.clock), hour: hhmm(one.at) }));
  text($("#suspicion-noted"), quoted(one.words));
  keyed($("#suspicion-answers"), one.answers, ({ question }) => question,
    ({ question, words }) => el("div", null, el("dt", official, question), el("dd", null, quoted(words))));
  keyed($("#suspicion-sanctions"), one.sanctions.map((words) => ({ words })), ({ words }) => words,
    ({ words }) => el("li", null, words));
  show($("#suspicion-ask"), one.how !== "given");
  show($("#suspicion-decline"), !one.how);
  const done = $("#suspicion-done");
  const news = done.hidden && Boolean(one.how);
  show(done, one.how);
  text($("#suspicion-how"), one.how === "given"
    ? t("Votre réponse est enregistrée, signée à {hour}.", { hour: hhmm(one.answered_at ?? 0) })
    : t("C’est noté : vous ne répondez pas maintenant. Vous pouvez encore changer d’avis tant que la suite n’est pas "
      + "décidée."));
  text($("#suspicion-said"), quoted(one.answer));
  show($("#suspicion-said"), one.answer);
  // On a telephone it would stand below what is seen, and nothing would tell that the press was taken.
  if (news) done.scrollIntoView({ block: "nearest" });
}
