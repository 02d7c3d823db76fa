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
  const hearing = /** @type {any} */ ({ stage: "in_room" });
  const words = (/** @type {object} */ more) =>
    stateOf(/** @type {any} */ ({ role: "aid", present: false, part: "needed", ...more }), hearing).words;
  assert.deepEqual(
    [words({ link_opened: false }), words({ link_opened: true }), words({ link_opened: true, part: "free" }),
      words({ link_opened: true, part: "gone" })],
    ["n’a pas encore ouvert son lien", "connexion perdue", "pas encore là", "a quitté la salle"]);
});

test("somebody in the room with neither picture nor sound is not simply there", () => {
  const here = { present: true, link_opened: true, level: null, part: "needed" };
  const words = (/** @type {object} */ person) =>
    stateOf(/** @type {any} */ ({ ...here, ...person }), /** @type {any} */ ({ stage: "in_room" })).words;
  assert.deepEqual([words({ sends: true }), words({ sends: false })], ["ni image ni son", "là"]);
  assert.equal(words({ sends: true, level: "good", quality: "bonne" }), "bonne");
});
