import assert from "node:assert/strict";
import { test } from "node:test";
import { steadied } from "../../../web/static/js/lib/checking.js";

const going = (/** @type {"waiting" | "looking" | "comparing"} */ state, words = state) =>
  ({ hearing: "h", state, words });

test("advice stays until there is other advice, through the looks that follow it", () => {
  const steady = steadied();
  const shown = [
    going("waiting"), going("comparing"), going("looking", "un reflet"), going("comparing"),
    going("looking", "plus près"), going("comparing"),
  ]
    .map((one) => steady(1, one)?.words);
  assert.deepEqual(shown, ["waiting", "comparing", "un reflet", "un reflet", "plus près", "plus près"]);
});

test("another check begins without the advice of the last one", () => {
  const steady = steadied();
  steady(1, going("looking", "un reflet"));
  assert.equal(steady(undefined, undefined), undefined);
  assert.equal(steady(2, going("comparing"))?.words, "comparing");
});
