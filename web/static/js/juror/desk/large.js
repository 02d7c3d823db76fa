/**
 * Which of the candidate's pictures stands large: what they film or share, else their face, unless the juror chose the
 * other one.
 * @typedef {import("../../view").View} View
 * @typedef {import("../../view").Live} Live
 */

/**
 * @param {Pick<View, "people" | "media">} view
 * @param {Pick<Live, "sources">} live
 * @param {string} chosen "seat/source" that the juror last put there, "" for none
 * @returns {string} "seat/source", "" while no candidate may be seen
 */
export function largeOf(view, live, chosen) {
  const candidate = view.people.find((one) => one.role === "candidate" && view.media.view.includes(one.seat));
  if (!candidate) return "";
  const face = `${candidate.seat}/main`;
  const shared = `${candidate.seat}/second`;
  if (!live.sources.some((one) => one.seat === candidate.seat && one.source === "second")) return face;
  return chosen === face ? face : shared;
}
