import assert from "node:assert/strict";
import { test } from "node:test";
import { planOf } from "../../../web/static/js/candidate/waiting.js";

const MINUTE = 60_000;

test("extra time is told with how long a part lasts, where it is granted", () => {
  const plan = planOf({ presentation: 15 * MINUTE, questions: 35 * MINUTE }, { questions: 5 * MINUTE });
  assert.deepEqual(plan.map((step) => step.lasts), ["", "15 min", "35 min, dont 5 min d’aménagement", ""]);
});
