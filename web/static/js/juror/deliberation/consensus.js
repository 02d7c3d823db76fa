/**
 * What the deliberation's table and recommendations show, computed from the view. No DOM here.
 * @typedef {import("../../view").Deliberation} Deliberation
 * @typedef {import("../../view").ConsensusRow} ConsensusRow
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
 * Another recommendation than the computed one needs words (X7): the server says which.
 * @param {Deliberation} deliberation
 * @param {string | null} block null: the whole certification
 * @param {string} advice
 */
export function departs(deliberation, block, advice) {
  return advicesOf(deliberation, block).some((one) => one.advice === advice && one.departs);
}

/**
 * What a recommendation is called.
 * @param {Deliberation} deliberation
 * @param {string | null} block
 * @param {string} advice
 */
export function adviceWords(deliberation, block, advice) {
  return advicesOf(deliberation, block).find((one) => one.advice === advice)?.words ?? "";
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
 * How a competency stands in its block's result.
 * @param {ConsensusRow | undefined} row
 * @returns {"acquired" | "not_acquired" | "disputed" | "open"}
 */
export function standing(row) {
  if (row?.disputed) return "disputed";
  if (!row?.reached) return "open";
  return row.proposed === "A" ? "acquired" : "not_acquired";
}
