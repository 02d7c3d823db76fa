import assert from "node:assert/strict";
import { test } from "node:test";
import { modeOf } from "../../../web/static/js/candidate/screens.js";

globalThis.addEventListener ??= /** @type {any} */ (() => {});
const { unsigned } = await import("../../../web/static/js/candidate/suspicion.js");

test("an answer is words and a name", () => {
  assert.match(unsigned("", "Lina Morel"), /ne pas répondre/);
  assert.match(unsigned("Le livret est le mien.", ""), /signer/);
  assert.equal(unsigned("Le livret est le mien.", "Lina Morel"), "");
});

test("what was noted comes before whatever else the room asks", () => {
  const hearing = (/** @type {object} */ changes) =>
    /** @type {any} */ ({ gate: "sheet", suspicion: null, ...changes });
  assert.equal(modeOf(hearing({})), "sheet");
  assert.equal(modeOf(hearing({ suspicion: { incident: 5 } })), "suspicion");
});
