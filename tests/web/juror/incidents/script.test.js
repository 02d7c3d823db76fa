import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.addEventListener ??= /** @type {any} */ (() => {});
const { inScript } = await import("../../../../web/static/js/juror/incidents/script.js");

const one = (/** @type {number} */ position, /** @type {object} */ changes = {}) =>
  /** @type {any} */ ({ position, untold: false, script: null, ...changes });

test("the suspicion that waits for an answer or a decision comes before those still to be told", () => {
  const running = one(7, { script: { step: "answer" } });
  assert.equal(inScript([one(5, { untold: true }), running])?.position, 7);
  assert.equal(inScript([one(5, { untold: true }), one(6, { untold: true })])?.position, 5);
});

test("what was decided, and what is no suspicion, is not in the script", () => {
  assert.equal(inScript([one(5, { script: { step: "done" } }), one(6)]), null);
  assert.equal(inScript([]), null);
  assert.equal(inScript(undefined), null);
});
