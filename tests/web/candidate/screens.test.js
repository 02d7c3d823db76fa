import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { pathOf } from "../../../web/static/js/candidate/pad.js";
import { modeOf, screenOf, wordingOf } from "../../../web/static/js/candidate/screens.js";

/** As the server tells it, of the shown phase. */
const STAGES = {
  to_call: ["scheduled", "adjourned", "postponed"], in_room: ["welcome", "presentation", "questions"],
  private: ["grading", "deliberation"], over: ["closed", "no_show", "stopped", "cancelled"],
};
const stageOf = (/** @type {string} */ phase) =>
  Object.entries(STAGES).find(([, phases]) => phases.includes(phase))?.[0];
const HEARING = {
  phase: "scheduled", prevention: "pending", waiting: false, identity: { state: "undecided" }, gate: null,
};
const PASSED = ["acknowledged", "waived"];
const screen = (/** @type {object} */ changes, /** @type {any} */ wish = "") => {
  const passed = { ...HEARING, ...changes };
  const hearing = { ...passed, may: PASSED.includes(passed.prevention) ? ["EnterWaitingRoom"] : [] };
  return screenOf(/** @type {any} */ ({ hearing: { ...hearing, stage: stageOf(hearing.phase) } }), wish);
};
const mode = (/** @type {object} */ changes) =>
  modeOf(/** @type {any} */ ({ ...HEARING, ...changes }));

test("at the door: the rules, then the camera, then the waiting room", () => {
  assert.equal(screen({}), "rules");
  assert.equal(screen({}, "check"), "rules");
  assert.equal(screen({ prevention: "refused" }), "refused");
  assert.equal(screen({ prevention: "refused" }, "rules"), "rules");
  assert.equal(screen({ prevention: "acknowledged" }), "check");
  assert.equal(screen({ prevention: "waived" }), "check");
  assert.equal(screen({ prevention: "acknowledged", waiting: true }), "waiting");
  assert.equal(screen({ prevention: "acknowledged", waiting: true }, "check"), "check");
});

test("on site there is nothing to try: one says that one is there, and a wish for the camera leads to the same", () => {
  const unanswered = { state: "undecided", consent: { state: "unanswered", over: false } };
  assert.equal(screen({ on_site: true }), "rules");
  assert.equal(screen({ on_site: true, prevention: "acknowledged", identity: unanswered }), "here");
  assert.equal(screen({ on_site: true, prevention: "acknowledged", waiting: true }, "check"), "here");
  assert.equal(screen({ on_site: true, prevention: "acknowledged", waiting: true }), "waiting");
  assert.equal(screen({ on_site: true, phase: "questions", prevention: "acknowledged" }), "room");
  assert.equal(mode({ on_site: true, gate: "identity" }), "talk");
});

test("the yes or no about the face is asked once, before the camera, and never again once decided", () => {
  const asked = (/** @type {object} */ consent, /** @type {any} */ wish = "") =>
    screen({ prevention: "acknowledged", identity: { state: "undecided", consent } }, wish);
  assert.equal(asked({ state: "unanswered", over: false }), "identity");
  assert.equal(asked({ state: "no", over: false }), "check");
  assert.equal(asked({ state: "yes", over: false }), "check");
  assert.equal(asked({ state: "unanswered", over: true }), "check");
  assert.equal(asked({ state: "no", over: false }, "identity"), "identity");
  const unanswered = { state: "undecided", consent: { state: "unanswered", over: false } };
  assert.equal(screen({ prevention: "pending", identity: unanswered }, "identity"), "rules");
});

test("every phase has its screen, whatever was wished at the door", () => {
  const screens = Object.fromEntries([
    "welcome", "presentation", "questions", "grading", "deliberation", "closed", "stopped", "no_show", "cancelled",
  ]
    .map((phase) => [phase, screen({ phase, prevention: "acknowledged" }, "check")]));
  assert.deepEqual(screens, {
    welcome: "room", presentation: "room", questions: "room", grading: "after", deliberation: "after", closed: "after",
    stopped: "stopped", no_show: "no_show", cancelled: "cancelled",
  });
  assert.equal(screenOf(/** @type {any} */ ({ hearing: null }), ""), "nothing");
});

test("an interrupted candidate is told so, and may come back to the waiting room", () => {
  for (const phase of ["adjourned", "postponed"]) {
    assert.equal(screen({ phase, prevention: "acknowledged" }), phase);
    assert.equal(screen({ phase, prevention: "acknowledged" }, "check"), "check");
    assert.equal(screen({ phase, prevention: "acknowledged", waiting: true }), "waiting");
  }
});

test("whom the jury cannot receive is told so, whatever they wished or had done", () => {
  const held = { title: "Le jury ne peut pas encore vous recevoir.", words: "…" };
  for (const phase of ["scheduled", "adjourned", "postponed"]) {
    assert.equal(screen({ phase, held }), "held");
    assert.equal(screen({ phase, held, prevention: "acknowledged", waiting: true }, "check"), "held");
  }
  assert.equal(screen({ phase: "questions", held }), "room");
});

test("the welcome goes through identity, reminder and sheet", () => {
  const modes = ["identity", "reminder", "sheet", "refusal", "start", null].map((gate) => mode({ gate }));
  assert.deepEqual(modes, ["identity", "task", "sheet", "talk", "talk", "talk"]);
});

test("the wording acknowledged is the digest of what was shown", async () => {
  assert.equal(await wordingOf(["Votre travail.", "Été"]),
    createHash("sha256").update("Votre travail.\nÉté").digest("hex"));
});

test("a signature is one path, one move per stroke", () => {
  assert.equal(pathOf([[[1, 2], [3, 4]], [], [[5, 6]]]), "M1 2L3 4M5 6");
});

test("kept apart, one is out of the room until one is let back (R4.4)", () => {
  for (const phase of STAGES.in_room) {
    assert.equal(screen({ phase, apart: { at: 0, words: "Bruit." } }), "apart");
    assert.equal(screen({ phase, apart: null }), "room");
  }
});
