import assert from "node:assert/strict";
import { test } from "node:test";
import { questionFor } from "../../../web/static/js/juror/acts.js";

/** A page that shows position 41. */
const context = /** @type {any} */ ({ view: { position: 41, hearing: { candidate: { name: "Inès" } } }, presides: false });
const act = (/** @type {string} */ command) => ({ command, label: "", allowed: true, why: null, fields: {} });

test("wherever it is pressed, a signature says which recommendation was read (X7)", () => {
  for (const command of ["SignDeliberation", "RefuseSignature"]) {
    assert.equal(questionFor(act(command), context)?.position, 41, command);
  }
  assert.equal(questionFor(act("SuspendDeliberation"), context)?.position, undefined);
});
