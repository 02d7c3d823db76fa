/**
 * What the deliberation's table and recommendations show, computed from the view. No DOM here.
 * @typedef {import("../../view").Deliberation} Deliberation
 * @typedef {import("../../view").ConsensusRow} ConsensusRow
 * @typedef {import("../../view").Mark} Mark
 */

/**
 * The rows in two groups, each in the grid's order. Which group a row is in depends on the frozen own marks alone, so
 * that no row ever moves while somebody reads it.
 * @param {ConsensusRow[]} rows
 */
export function grouped(rows) {
  return { differ: rows.filter((row) => row.differs), same: rows.filter((row) => !row.differs) };
}

/**
 * What this juror may confirm now, with the marks exactly as they are shown (R3.6).
 * @param {ConsensusRow[]} rows
 * @param {string} seat
 * @returns {Record<string, Mark>}
 */
export function toConfirm(rows, seat) {
  /** @type {Map<string, Mark>} */
  const marks = new Map();
  for (const row of rows) {
    if (row.proposed && !row.disputed && !row.confirmed.includes(seat)) marks.set(row.competency, row.proposed);
  }
  return Object.fromEntries(marks);
}

/**
 * What the president can propose at once: the competencies on which the three already agree and nothing is proposed.
 * @param {ConsensusRow[]} rows
 * @param {string[]} jurors
 * @returns {Record<string, Mark>}
 */
export function toPropose(rows, jurors) {
  /** @type {Map<string, Mark>} */
  const marks = new Map();
  for (const row of rows) {
    const own = jurors.map((seat) => row.own[seat]?.mark);
    if (!row.differs && !row.proposed && !row.disputed && own[0] && own.every((mark) => mark === own[0])) {
      marks.set(row.competency, own[0]);
    }
  }
  return Object.fromEntries(marks);
}

/**
 * @param {ConsensusRow} row
 * @param {string[]} jurors
 * @returns {string[]} the seats whose confirmation is still awaited
 */
export function awaited(row, jurors) {
  return row.proposed && !row.disputed ? jurors.filter((seat) => !row.confirmed.includes(seat)) : [];
}

/**
 * Another recommendation than the computed one needs words (X7): the server says which.
 * @param {Deliberation} deliberation
 * @param {string | null} block null: the whole certification
 * @param {string} advice
 */
export function departs(deliberation, block, advice) {
  return advicesOf(deliberation, block).some((one) => one.advice === advice && one.departs);
}

/**
 * What may be recommended there.
 * @param {Deliberation} deliberation
 * @param {string | null} block
 */
export function advicesOf(deliberation, block) {
  return deliberation.places.find((one) => one.block === block)?.advices ?? [];
}

/**
 * Whether each competency has its consensus or its declared disagreement, which goes on to the certification jury
 * (R3.9).
 * @param {Deliberation} deliberation
 */
export function settled(deliberation) {
  return deliberation.advice_open || deliberation.frozen;
}

/**
 * How a competency stands in its block's result.
 * @param {ConsensusRow | undefined} row
 * @returns {"acquired" | "not_acquired" | "disputed" | "open"}
 */
export function standing(row) {
  if (row?.disputed) return "disputed";
  if (!row?.reached) return "open";
  return row.proposed === "A" ? "acquired" : "not_acquired";
}
