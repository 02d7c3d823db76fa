import assert from "node:assert/strict";
import { test } from "node:test";
import { lightOf, litOf } from "../../../web/static/js/lib/light.js";
import { sharpnessOf } from "../../../web/static/js/lib/sharpness.js";

const LIMITS = { face: 50, behind: 60 };

test("light is judged where the face is, by what the server is set to", () => {
  const picture = (/** @type {number} */ middle, /** @type {number} */ sides) =>
    Array.from({ length: 100 }, (_one, n) => (n % 10 > 3 && n % 10 < 7 ? middle : sides))
      .flatMap((luma) => [luma, luma, luma, 255]);
  const seen = [[120, 130], [30, 40], [90, 220], [50, 110]].map(([middle, sides]) => litOf(picture(middle, sides), 10));
  assert.deepEqual(seen.map((lit) => Math.round(lit.behind)), [10, 10, 130, 60]);
  assert.deepEqual(seen.map((lit) => lightOf(lit, LIMITS)), ["good", "dark", "backlit", "good"]);
  assert.equal(lightOf(seen[1], { face: 20, behind: 5 }), "backlit");
});

test("what has edges is sharp, what runs into each other is not", () => {
  const picture = (/** @type {(x: number) => number} */ at) => Array.from({ length: 400 }, (_one, n) => at(n % 20));
  assert.equal(sharpnessOf(picture(() => 128), 20), 0);
  assert.equal(sharpnessOf(picture((x) => 6 * x), 20), 0);
  const [printed, blurred] = [picture((x) => (x % 4 < 2 ? 0 : 200)), picture((x) => 100 + 10 * Math.sin(x / 2))];
  assert.ok(sharpnessOf(printed, 20) > 1000);
  assert.ok(sharpnessOf(blurred, 20) < 40);
});
