import assert from "node:assert/strict";
import { test } from "node:test";
import { phaseLine, stateOf } from "../../../web/static/js/organizer/states.js";

/** @param {object} changes of the candidate @param {boolean} waiting */
function detail(changes, waiting = false) {
  const candidate = { role: "candidate", present: false, link_opened: false, ...changes };
  return phaseLine(/** @type {any} */ ({
    phase: "scheduled", stage: "to_call", starts_at: 3_600_000, clock: null, waiting, people: [candidate],
  }),
    0).detail;
}

test("before the call, how far the candidate is, in the words that the jury reads", () => {
  assert.deepEqual(
    [detail({}), detail({ link_opened: true }), detail({ present: true }), detail({ present: true }, true)],
    ["lien pas encore ouvert", "lien ouvert, pas encore là", "se prépare", "dans la salle d’attente"]);
});

test("who never opened their link has lost no connection", () => {
  const hearing = /** @type {any} */ ({ phase: "presentation", stage: "in_room" });
  const words = (/** @type {boolean} */ link_opened) =>
    stateOf(/** @type {any} */ ({ role: "aid", present: false, link_opened }), hearing).words;
  assert.deepEqual([words(false), words(true)], ["n’a pas encore ouvert son lien", "connexion perdue"]);
});

test("somebody in the room with neither picture nor sound is not simply there", () => {
  const here = { role: "candidate", present: true, link_opened: true, level: null };
  const words = (/** @type {object} */ person, phase = "questions", current = true) => stateOf(
    /** @type {any} */ ({ ...here, ...person }),
    /** @type {any} */ ({ phase, stage: phase === "scheduled" ? "to_call" : "in_room", current }),
  ).words;
  assert.deepEqual([words({}), words({ role: "juror" })], ["ni image ni son", "ni image ni son"]);
  assert.deepEqual([words({ role: "observer" }), words({}, "scheduled"), words({}, "questions", false)],
    ["là", "là", "là"], "an observer, before the call, and while another hearing goes on");
  assert.equal(words({ level: "good", quality: "bonne" }), "bonne");
});
