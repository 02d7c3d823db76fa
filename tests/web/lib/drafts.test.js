import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Draft, forgetDrafts, forgetOver } from "../../../web/static/js/lib/drafts.js";

/** @type {Map<string, string>} */
let kept;

beforeEach(() => {
  kept = new Map();
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, value: {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  } });
});

/** @param {string} value */
function field(value = "") {
  /** @type {(() => void)[]} */
  const listeners = [];
  const node = {
    value,
    addEventListener: (/** @type {string} */ _event, /** @type {() => void} */ listener) => listeners.push(listener),
  };
  return {
    node: /** @type {any} */ (node),
    type: (/** @type {string} */ words) => { node.value = words; for (const one of listeners) one(); },
  };
}

test("what was typed is there after a reload, in the seat it was typed in and nowhere else", () => {
  const before = field();
  new Draft("help", "", "/seat/a/").keep(before.node);
  before.type("On ne m’entend");
  const after = field();
  const given = new Draft("help", "", "/seat/a/").keep(after.node);
  const other = field();
  new Draft("help", "", "/seat/b/").keep(other.node);
  assert.deepEqual([given, after.node.value, other.node.value], [true, "On ne m’entend", ""]);
});

test("a field that has words already keeps its own", () => {
  new Draft("statement", "h", "s").set("avant");
  const one = field("ici");
  assert.equal(new Draft("statement", "h", "s").keep(one.node), false);
  assert.equal(one.node.value, "ici");
});

test("sent, or emptied by hand, nothing is left in the browser", () => {
  const draft = new Draft("help", "", "s");
  const one = field();
  draft.keep(one.node);
  one.type("mots");
  draft.clear();
  assert.deepEqual([...kept], []);
  one.type("mots");
  one.type("");
  assert.deepEqual([...kept], []);
});

test("an examination that is over takes its drafts along, a closed session all of them", () => {
  for (const hearing of ["h1", "h2", ""]) new Draft("words", hearing, "s").set("mots");
  const view = (closed = false) => ({
    session: { closed }, day: [{ id: "h1", stage: "over" }, { id: "h2", stage: "in_room" }],
  });
  forgetOver(view(), "s");
  assert.deepEqual(JSON.parse(kept.get("drafts s") ?? ""), { "h2/words": "mots", "/words": "mots" });
  forgetOver(view(true), "s");
  assert.deepEqual([...kept], []);
});

test("the seat gone, so are its drafts", () => {
  new Draft("help", "", "s").set("mots");
  forgetDrafts("s");
  assert.deepEqual([...kept], []);
});

test("a browser without storage only keeps nothing", () => {
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true, get: () => { throw new Error("SecurityError"); },
  });
  const draft = new Draft("help", "", "s");
  const one = field();
  draft.keep(one.node);
  one.type("mots");
  assert.equal(draft.get(), undefined);
});
