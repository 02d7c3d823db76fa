import assert from "node:assert/strict";
import { test } from "node:test";
import { questionFor } from "../../../web/static/js/juror/acts.js";
import { Context } from "../../../web/static/js/juror/context.js";
import { Decided } from "../../../web/static/js/juror/fresh.js";

/** A page that shows position 41. */
const context = new Context(/** @type {any} */ ({
  position: 41, seat: { president: false }, people: [], hearing: { candidate: { name: "Inès" } },
}), /** @type {any} */ (null));
const act = (/** @type {string} */ command) => ({ command, label: "", allowed: true, why: null, fields: {} });

test("wherever it is pressed, a signature says which recommendation was read (X7)", async () => {
  for (const command of ["SignDeliberation", "RefuseSignature"]) {
    const by = questionFor(act(command), context)?.by;
    assert.ok(by instanceof Decided);
    assert.equal(await by.now(), 41, command);
  }
  assert.equal(questionFor(act("SuspendDeliberation"), context)?.by, undefined);
});
