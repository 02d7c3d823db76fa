/**
 * What the deliberation's table and recommendations show, computed from the view. No DOM here.
 * @typedef {import("../view").Deliberation} Deliberation
 * @typedef {import("../view").ConsensusRow} ConsensusRow
 * @typedef {import("../view").BlockOutcome} BlockOutcome
 * @typedef {import("../view").Mark} Mark
 * @typedef {"award" | "partial" | "refuse"} Advice
 */

/** @type {Record<"full" | "partial" | "none", Advice>} */
const ADVICE_OF = { full: "award", partial: "partial", none: "refuse" };

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
 * What the computed result leads to; null while it is not known.
 * @param {Deliberation} deliberation
 * @param {string | null} block null: the whole certification
 * @returns {Advice | null}
 */
export function computedAdvice(deliberation, block) {
  if (block === null) return deliberation.outcome && ADVICE_OF[deliberation.outcome];
  const found = deliberation.blocks.find((one) => one.code === block);
  if (!found || found.validated === null) return null;
  return found.validated ? "award" : "refuse";
}

/**
 * Another recommendation than the computed one needs words (X7).
 * @param {Deliberation} deliberation
 * @param {string | null} block
 * @param {string} advice
 */
export function departs(deliberation, block, advice) {
  const computed = computedAdvice(deliberation, block);
  return computed !== null && computed !== advice;
}

/**
 * What may be recommended: a block is awarded or not, the whole also in part where the certification allows it (R1.6).
 * @param {Deliberation} deliberation
 * @param {string | null} block
 * @returns {Advice[]}
 */
export function advices(deliberation, block) {
  return block === null && deliberation.partial_allowed ? ["award", "partial", "refuse"] : ["award", "refuse"];
}

/**
 * Whether each competency has its consensus or its declared disagreement, which goes on to the certification jury (R3.9).
 * @param {Deliberation} deliberation
 */
export function settled(deliberation) {
  return deliberation.advice_open || deliberation.frozen;
}

/**
 * What stands before any signature: an open question, or a recommendation that is missing (X7).
 * @param {Deliberation} deliberation
 */
export function unsignable(deliberation) {
  const advised = new Set(deliberation.recommendations.map((one) => one.block));
  return !settled(deliberation) || [null, ...deliberation.sought].some((block) => !advised.has(block));
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
