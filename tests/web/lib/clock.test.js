import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerTime, reading } from "../../../web/static/js/lib/clock.js";

const CLOCK = {
  phase: "presentation", read_at: 1_000_000, elapsed: 60_000, ceiling: 900_000, floor: 0, paused: false,
  paused_since: null,
  given_back: 0, lost: 0, extra: 0, overrun: 0, announce: [300_000, 60_000, 0],
};

test("a running clock adds what has passed since it was read", () => {
  assert.deepEqual(reading(CLOCK, 1_010_000), {
    elapsed: 70_000, total: 900_000, remaining: 830_000, over: 0, paused: false, pausedFor: 0,
  });
});

test("a clock read a moment in the future does not run backwards", () => {
  assert.equal(reading(CLOCK, 999_900).elapsed, 60_000);
});

test("a paused clock stands still and says for how long", () => {
  const paused = { ...CLOCK, paused: true, paused_since: 990_000 };
  assert.deepEqual(reading(paused, 1_010_000), {
    elapsed: 60_000, total: 900_000, remaining: 840_000, over: 0, paused: true, pausedFor: 20_000,
  });
});

test("what is overrun is counted, and nothing remains", () => {
  const { remaining, over } = reading(CLOCK, 1_000_000 + 845_000);
  assert.deepEqual([remaining, over], [0, 5_000]);
});

test("the shortest round trip sets the clock, a longer one later does not", () => {
  let here = 500;
  const time = new ServerTime(() => here);
  time.hint(10_000);
  assert.equal(time.now(), 10_000);
  time.sample(20_000, 400, 500);
  assert.equal(time.now(), 20_050);
  time.sample(20_000, 450, 500);
  assert.equal(time.now(), 20_025);
  time.sample(99_000, 300, 500);
  time.hint(77_000);
  assert.equal(time.now(), 20_025);
  here = 1500;
  assert.equal(time.now(), 21_025);
  time.stale();
  time.sample(30_000, 1400, 1500);
  assert.equal(time.now(), 30_050);
});
