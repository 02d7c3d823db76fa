/**
 * What a decision is taken on: the server refuses it (409) when anything at all has happened since. Where that has
 * nothing to do with the decision it goes again; else the person is told what has changed, and decides anew.
 * @typedef {import("../view").View} View
 * @typedef {import("../view").Hearing} Hearing
 */
import { t } from "../lib/i18n.js";

/** The newer view comes by the event stream, which may be a moment behind the refusal. */
const NEWER_MS = 5000;
const LOOK_MS = 100;

/** @typedef {[() => string, (hearing: Hearing) => unknown]} Part its name, and what must not have changed */

/** @type {Part} */
const PHASE = [() => t("l’étape de l’épreuve"), (hearing) => hearing.phase];
/** @type {Part} */
const MARKS = [() => t("une proposition ou une confirmation"), ({ deliberation }) => deliberation?.rows.map(({ competency, proposed, confirmed, disputed }) => [competency, proposed, confirmed, disputed])];
/** @type {Part} */
const ADVICE = [() => t("une préconisation"), ({ deliberation }) => deliberation?.recommendations];
/** @type {Part} */
const SIGNED = [() => t("une signature"), ({ deliberation }) => deliberation?.signatures];

/** What each decision is about. @type {Readonly<Record<string, Part[]>>} */
const ABOUT = {
  DecideIdentity: [
    PHASE, [() => t("la décision sur l’identité"), ({ identity }) => identity.state],
    [() => t("un avis sur l’identité"), ({ identity }) => "opinions" in identity && identity.opinions],
    [() => t("une image ou une mesure"), ({ identity }) => "captures" in identity && [identity.captures, identity.signals?.position]],
    [() => t("la copie de la pièce d’identité"), ({ identity }) => identity.copies?.map(({ id, accepted_by }) => [id, accepted_by])],
  ],
  DecideRefusal: [PHASE, [() => t("ce qui a été refusé"), ({ prevention, sheet, refusals }) => [prevention, sheet.state, refusals]]],
  DeclareDispute: [PHASE, MARKS, SIGNED],
  // Not the other recommendations: the president alone writes them, and a changed mark clears them.
  Recommend: [PHASE, MARKS, SIGNED],
  SignDeliberation: [PHASE, MARKS, ADVICE],
  RefuseSignature: [PHASE, MARKS, ADVICE],
};

/** @param {string} command decided on what the page shows: the server refuses it when the page was behind */
export function isDecided(command) {
  return command in ABOUT;
}

/**
 * The names of what a decision is about that differs between two views; null is no examination at all.
 * @param {string} command
 * @param {Hearing | null} before
 * @param {Hearing | null} after
 * @returns {string[]}
 */
export function changed(command, before, after) {
  if (before?.id !== after?.id || !before || !after) return [t("l’épreuve en cours")];
  return ABOUT[command].filter(([, of]) => JSON.stringify(of(before)) !== JSON.stringify(of(after))).map(([name]) => name());
}

/** A `Fresh` of lib/act.js. */
export class Decided {
  #command;
  #shown;
  #inDialog;
  #hearing;

  /**
   * @param {string} command
   * @param {{readonly view: View}} shown what the page shows, at any time
   * @param {{position?: number, inDialog?: boolean}} [options] `position`: later than the view's, where an own act was
   *   done since; `inDialog`: the page cannot be read while this is decided
   */
  constructor(command, shown, { position = 0, inDialog = false } = {}) {
    this.#command = command;
    this.#shown = shown;
    this.#inDialog = inDialog;
    this.#hearing = shown.view.hearing;
    this.position = Math.max(position, shown.view.position);
  }

  /** @returns {Promise<number | string>} */
  async again() {
    for (let waited = 0; this.#shown.view.position <= this.position; waited += LOOK_MS) {
      if (waited >= NEWER_MS) return "";
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    const what = changed(this.#command, this.#hearing, this.#shown.view.hearing);
    if (!what.length) {
      this.position = this.#shown.view.position;
      return this.position;
    }
    const told = t("Entre-temps, ceci a changé : {what}. Rien n’a été fait, et ce que vous avez écrit est gardé.", { what: what.join(", ") });
    return `${told} ${this.#inDialog ? t("Fermez cette fenêtre, relisez, puis recommencez.") : t("Relisez, puis recommencez.")}`;
  }
}
