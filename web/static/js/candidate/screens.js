/**
 * Which screen the candidate sees, and what the room asks of them: pure, from the view alone.
 * @typedef {import("../view").View} View
 * @typedef {import("../view").Hearing} Hearing
 * @typedef {"rules" | "refused" | "identity" | "check" | "here" | "waiting"} Door
 * @typedef {Door | "held" | "room" | "apart" | "after" | "adjourned" | "postponed" | "stopped" | "cancelled" |
 *   "no_show" | "nothing"} Screen
 * @typedef {"" | "rules" | "identity" | "check"} Wish where the candidate asked to go back to, at the door
 * @typedef {"identity" | "task" | "sheet" | "suspicion" | "talk"} Mode
 */

/**
 * @param {View} view
 * @param {Wish} wish
 * @returns {Screen}
 */
export function screenOf({ hearing }, wish) {
  if (!hearing) return "nothing";
  if (hearing.stage === "in_room") return hearing.apart ? "apart" : "room";
  if (hearing.held) return "held";
  switch (hearing.phase) {
    case "stopped": case "cancelled": case "no_show": return hearing.phase;
    case "adjourned": case "postponed": if (!wish && !hearing.waiting) return hearing.phase;
  }
  if (hearing.stage !== "to_call") return "after";
  return atTheDoor(hearing, wish);
}

/**
 * @param {Hearing} hearing
 * @param {Wish} wish
 * @returns {Screen}
 */
function atTheDoor(hearing, wish) {
  if (!hearing.may.includes("EnterWaitingRoom")) {
    return hearing.prevention === "refused" && wish !== "rules" ? "refused" : "rules";
  }
  if (wish === "check" && hearing.on_site) return "here";
  if (wish) return wish;
  if (hearing.waiting) return "waiting";
  if (hearing.on_site) return "here";
  return unanswered(hearing) ? "identity" : "check";
}

/**
 * Has the candidate still to say yes or no to the comparison of their face (X1)?
 * @param {Hearing} hearing
 */
function unanswered({ identity }) {
  return "consent" in identity && identity.consent?.state === "unanswered" && !identity.consent.over;
}

/**
 * @param {Hearing} hearing
 * @returns {Mode}
 */
export function modeOf(hearing) {
  if (hearing.suspicion) return "suspicion";
  switch (hearing.gate) {
    case "identity": return hearing.on_site ? "talk" : "identity";
    case "sheet": return "sheet";
    default: return hearing.gate === "reminder" ? "task" : "talk";
  }
}

/**
 * What the candidate acknowledges, as it was shown (R6.1): SHA-256 in hexadecimal.
 * @param {string[]} paragraphs
 */
export async function wordingOf(paragraphs) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(paragraphs.join("\n")));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
