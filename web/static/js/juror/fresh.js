/**
 * What a decision is taken on: the server refuses it (409) when anything at all has happened since. Where that has
 * nothing to do with the decision it goes again; else the person is told what has changed, and decides anew.
 * @typedef {import("../view").View} View
 * @typedef {import("../view").Hearing} Hearing
 * @typedef {import("../lib/sending/commands.js").Sender} Sender
 */
import { t } from "../lib/i18n.js";
import { own } from "../lib/sending/commands.js";
import { answerOf } from "../lib/sending/post.js";

/** The newer view comes by the event stream, which may be a moment behind the refusal. */
const NEWER_MS = 5000;
const LOOK_MS = 100;
/** How often a decision follows a session that moves on each time. */
const AGAIN_MOST = 5;

/** @typedef {[() => string, (hearing: Hearing) => unknown]} Part its name, and what must not have changed */

/** @type {Part} */
const PHASE = [() => t("l’étape de l’épreuve"), (hearing) => hearing.phase];
/** @type {Part} */
const MARKS = [
  () => t("une proposition ou une confirmation"),
  ({ deliberation }) =>
    deliberation?.rows.map(({ competency, proposed, confirmed, disputed }) =>
      [competency, proposed, confirmed, disputed]),
];
/** @type {Part} */
const ADVICE = [() => t("une préconisation"), ({ deliberation }) => deliberation?.recommendations];
/** @type {Part} */
const SIGNED = [() => t("une signature"), ({ deliberation }) => deliberation?.signatures];

/** What each decision is about. @type {Readonly<Record<string, Part[]>>} */
const ABOUT = {
  DecideIdentity: [
    PHASE, [() => t("la décision sur l’identité"), ({ identity }) => identity.state],
    [() => t("un avis sur l’identité"), ({ identity }) => "opinions" in identity && identity.opinions],
    [
      () => t("une image ou une mesure"),
      ({ identity }) => "captures" in identity && [identity.captures, identity.signals?.position],
    ],
    [
      () => t("la copie de la pièce d’identité"),
      ({ identity }) => identity.copies?.map(({ id, accepted_by }) => [id, accepted_by]),
    ],
  ],
  DecideRefusal: [
    PHASE, [() => t("ce qui a été refusé"), ({ prevention, sheet, refusals }) => [prevention, sheet.state, refusals]],
  ],
  DecideSuspicion: [
    PHASE, [() => t("ce qui a été noté ou répondu"), ({ incidents }) =>
      incidents?.filter(({ script }) => script)
        .map(({ position, script }) => [position, script?.step, script?.answer])],
  ],
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
  return ABOUT[command].filter(([, of]) => JSON.stringify(of(before)) !== JSON.stringify(of(after)))
    .map(([name]) => name());
}

/** One's own decisions, one at a time: pressed one after the other, they do not pass each other on the way. */
export class Turns {
  /** Where the journal has the last own act that was done. */
  done = 0;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {{position?: number} | undefined} answer to any own act */
  did(answer) {
    this.done = Math.max(this.done, answer?.position ?? 0);
  }

  /** @returns {Promise<() => void>} what ends this turn */
  async next() {
    const before = this.#last;
    let end = () => {};
    this.#last = new Promise((resolve) => { end = () => resolve(undefined); });
    await before;
    return end;
  }
}

/**
 * Sends a decision: after the own ones that are on their way, with the position that it was taken on, and again while
 * the server knows of something newer that has nothing to do with it.
 * @implements {Sender}
 */
export class Decided {
  #command;
  #shown;
  #turns;
  #inDialog;
  #sender;
  #hearing;
  #position;
  /** What the person had done before: they know of it, though the page does not show it yet. */
  #own;

  /**
   * @param {string} command
   * @param {{readonly view: View}} shown what the page shows, at any time
   * @param {{turns?: Turns, inDialog?: boolean, sender?: Sender}} [options] `inDialog`: the page cannot be read while
   *   this is decided
   */
  constructor(command, shown, { turns = new Turns(), inDialog = false, sender = own } = {}) {
    this.#sender = sender;
    this.#command = command;
    this.#shown = shown;
    this.#turns = turns;
    this.#inDialog = inDialog;
    this.#hearing = shown.view.hearing;
    this.#position = shown.view.position;
    this.#own = turns.done;
  }

  get seat() {
    return this.#sender.seat;
  }

  /**
   * @param {string} command
   * @param {Record<string, unknown>} [fields]
   * @param {import("../lib/sending/commands.js").Sending} [options]
   * @returns {Promise<import("../lib/sending/post.js").Answer>}
   */
  async send(command, fields, options) {
    const end = await this.#turns.next();
    try {
      let answer = answerOf(409, {});
      let at = await this.now();
      for (let tries = 0; tries <= AGAIN_MOST; tries += 1) {
        if (typeof at !== "number") return at ? { ...answer, refusal: at } : answer;
        answer = await this.#sender.send(command, fields, { ...options, position: at });
        if (answer.status !== 409) break;
        at = await this.#at(this.#position + 1);
      }
      this.#turns.did(answer);
      return answer;
    } finally {
      end();
    }
  }

  /**
   * The position to send it with, or why it cannot be sent any more: with an own act done before or meanwhile, once the
   * page shows it.
   * @returns {Promise<number | string>}
   */
  async now() {
    if (this.#position < this.#own) {
      if (!await this.#shows(this.#own)) return "";
      this.#hearing = this.#shown.view.hearing;
      this.#position = this.#shown.view.position;
    }
    return this.#position >= this.#turns.done ? this.#position : this.#at(this.#turns.done);
  }

  /** @param {number} position */
  async #shows(position) {
    for (let waited = 0; this.#shown.view.position < position; waited += LOOK_MS) {
      if (waited >= NEWER_MS) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return true;
  }

  /**
   * Once the page shows that position: it, or what has changed; "" where it does not come.
   * @param {number} position
   */
  async #at(position) {
    if (!await this.#shows(position)) return "";
    const what = changed(this.#command, this.#hearing, this.#shown.view.hearing);
    if (!what.length) {
      this.#position = this.#shown.view.position;
      return this.#position;
    }
    const told =
      t("Entre-temps, ceci a changé : {what}. Rien n’a été fait, et ce que vous avez écrit est gardé.",
        { what: what.join(", ") });
    const todo = this.#inDialog ? t("Fermez cette fenêtre, relisez, puis recommencez.")
      : t("Relisez, puis recommencez.");
    return `${told} ${todo}`;
  }
}
