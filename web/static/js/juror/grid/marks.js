/**
 * What a juror's own grid says, computed from the view and from what still waits in the outbox. No DOM here.
 * @typedef {import("../../view").Block} Block
 * @typedef {import("../../view").OwnMark} OwnMark
 * @typedef {import("../../view").Mark} Mark
 * @typedef {"waiting" | "saved" | "refused"} EntryState
 * @typedef {{state: EntryState, command: string, fields: Record<string, any>, position?: number}} Entry one of the
 *   outbox's
 * @typedef {Omit<OwnMark, "at"> & {at: number | null}} ShownMark `at` is null until the server has it
 */

/**
 * The marks as the juror made them: those the server holds, then those it has not shown yet.
 * @param {Record<string, OwnMark>} marks
 * @param {Iterable<Entry>} entries
 * @param {string} hearing only this hearing's entries count
 * @param {number} position the view's: what was acknowledged later is not in it yet
 * @returns {Record<string, ShownMark>}
 */
export function shownMarks(marks, entries, hearing, position) {
  /** @type {Map<string, ShownMark>} */
  const shown = new Map(Object.entries(marks));
  for (const { state, command, fields, position: done } of entries) {
    const ahead = state === "waiting" || (state === "saved" && done !== undefined && done > position);
    if (!ahead || fields.hearing !== hearing || !fields.competency) continue;
    if (command === "ClearMark") shown.delete(fields.competency);
    if (command === "SetMark") {
      shown.set(fields.competency, {
        mark: fields.mark, words: fields.words ?? null, not_shown: Boolean(fields.not_shown), at: null,
      });
    }
  }
  return Object.fromEntries(shown);
}

/**
 * An NA still needs its reason: words, or "non démontrée" (X7).
 * @param {ShownMark | undefined} mark
 */
export function needsReason(mark) {
  return mark?.mark === "NA" && !mark.not_shown && !mark.words?.trim();
}

/**
 * @param {Block} block
 * @param {Record<string, ShownMark>} marks
 */
export function blockCount(block, marks) {
  return { marked: block.competencies.filter((one) => marks[one.code]).length, total: block.competencies.length };
}

/**
 * Over the blocks to be graded; a kept block asks for nothing (X8).
 * @param {Block[]} blocks
 * @param {Record<string, ShownMark>} marks
 */
export function gridCount(blocks, marks) {
  const counts = blocks.filter((block) => !block.kept).map((block) => blockCount(block, marks));
  return {
    marked: counts.reduce((sum, one) => sum + one.marked, 0),
    total: counts.reduce((sum, one) => sum + one.total, 0),
  };
}

/**
 * The row an arrow leads to; the first or the last one is kept at the ends.
 * @param {string[]} codes
 * @param {string | null} current
 * @param {1 | -1} by
 */
export function neighbour(codes, current, by) {
  const at = current === null ? -1 : codes.indexOf(current);
  if (at < 0) return codes[0] ?? null;
  return codes[Math.min(codes.length - 1, Math.max(0, at + by))] ?? null;
}

/**
 * What a key does in the grid, outside its text fields.
 * @param {string} key `KeyboardEvent.key`
 * @returns {{mark: Mark} | {by: 1 | -1} | null}
 */
export function gridKey(key) {
  if (key === "a" || key === "A") return { mark: "A" };
  if (key === "n" || key === "N") return { mark: "NA" };
  if (key === "ArrowDown") return { by: 1 };
  if (key === "ArrowUp") return { by: -1 };
  return null;
}

/**
 * What a text field shows. Words being typed, or typed and not sent yet, or refused, are never replaced: not by an
 * older view, nor by what the same seat wrote in another tab. Everything else follows the server.
 * @param {{field: string, base: string, held: string | null | undefined, focused: boolean, refused?: boolean}} state
 *   `base`: the text that the field last had from the server or sent to it; `held`: what the server holds, own words on
 *   their way to it included
 */
export function textToShow({ field, base, held, focused, refused = false }) {
  return focused || refused || field !== base ? field : held ?? "";
}
