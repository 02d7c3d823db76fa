import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { isRead, unread } from "../../../web/static/js/lib/messages.js";

beforeEach(() => {
  const kept = new Map();
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, value: {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  } });
});

const late = { position: 3, at: 0, words: "late" };
const soon = { position: 7, at: 0, words: "soon" };

test("a message is told until the next phase, and does not come back with an earlier one", () => {
  assert.deepEqual(unread([late], "h1 welcome"), { told: [late], over: [] });
  assert.deepEqual(unread([late, soon], "h1 presentation"), { told: [soon], over: ["3"] });
  assert.deepEqual(unread([late, soon], "h1 welcome"), { told: [], over: ["3", "7"] });
});

test("what is not sent any more is over at the next phase too", () => {
  unread([late], "h1 questions");
  assert.deepEqual(unread([], "h1 closed"), { told: [], over: ["3"] });
});

test("a message somebody closed stays closed, the other one is still told", () => {
  unread([late, soon], "h1 welcome");
  isRead(3);
  assert.deepEqual(unread([late, soon], "h1 welcome"), { told: [soon], over: ["3"] });
});
