import assert from "node:assert/strict";
import { test } from "node:test";
import { largeOf } from "../../../../web/static/js/juror/desk/large.js";

const view = /** @type {any} */ ({
  people: [{ seat: "m", role: "juror" }, { seat: "c", role: "candidate" }], media: { view: ["c", "m"] },
});
/** @param {...string} keys "seat/source" */
const live = (...keys) => /** @type {any} */ ({
  sources: keys.map((key) => ({ seat: key.split("/")[0], source: key.split("/")[1], state: "live" })),
});

test("the candidate's face is large while they share nothing, whoever else does", () => {
  assert.equal(largeOf(view, live("c/main", "m/second"), ""), "c/main");
});

test("what the candidate films is large, and their face again when it ends", () => {
  assert.equal(largeOf(view, live("c/main", "c/second"), ""), "c/second");
  assert.equal(largeOf(view, live("c/main"), "c/second"), "c/main");
});

test("a juror may put the face large, and what is filmed back", () => {
  assert.equal(largeOf(view, live("c/main", "c/second"), "c/main"), "c/main");
  assert.equal(largeOf(view, live("c/main", "c/second"), "c/second"), "c/second");
});

test("a face chosen for another candidate does not hide what this one films", () => {
  assert.equal(largeOf(view, live("c/second"), "d/main"), "c/second");
});

test("nobody is large while no candidate may be seen", () => {
  assert.equal(largeOf({ ...view, media: { view: ["m"] } }, live("c/second"), "c/second"), "");
});
