import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { forgetDrafts } from "../../../web/static/js/lib/drafts.js";
import { keepForms } from "../../../web/static/js/lib/form-drafts.js";

const PAGE = "/space/p1/cases/case1/k1";
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

/** @param {string} name @param {string} value */
function form(name, value = "") {
  /** @type {(() => void)[]} */
  const listeners = [];
  const listen = (/** @type {string} */ _event, /** @type {() => void} */ one) => listeners.push(one);
  const area = { name: "words", value, addEventListener: listen };
  return {
    area, getAttribute: () => name, querySelectorAll: () => /** @type {any} */ ([area]),
    type: (/** @type {string} */ words) => { area.value = words; for (const one of listeners) one(); },
  };
}

test("what was typed comes back on the page, also after a refusal, and of each form its own", () => {
  const first = [form("answer"), form("heard")];
  keepForms(first, PAGE, null);
  first[0].type("Ce que je réponds");
  const again = [form("answer"), form("heard")];
  keepForms(again, `${PAGE}/answer`, null);
  assert.deepEqual(again.map((one) => one.area.value), ["Ce que je réponds", ""]);
  const other = form("answer");
  keepForms([other], "/space/p1/cases/case2/k2", null);
  assert.equal(other.area.value, "");
});

test("what was sent is forgotten, and nothing else; all of it once the space is left", () => {
  const first = [form("answer"), form("heard")];
  keepForms(first, PAGE, null);
  first[0].type("réponse");
  first[1].type("le matin");
  const sent = [form("answer"), form("heard")];
  keepForms(sent, PAGE, "answer");
  assert.deepEqual(sent.map((one) => one.area.value), ["", "le matin"]);
  forgetDrafts("/space/p1/");
  const after = form("heard");
  keepForms([after], PAGE, null);
  assert.equal(after.area.value, "");
});
