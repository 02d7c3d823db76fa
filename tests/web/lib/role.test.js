import assert from "node:assert/strict";
import { test } from "node:test";
import { roleOf } from "../../../web/static/js/lib/role.js";

test("whoever presides is said to, beside what they represent", () => {
  assert.equal(roleOf({ role_words: "pour les employeurs", president: true }), "pour les employeurs, préside le jury");
  assert.equal(roleOf({ role_words: "pour la formation", president: false }), "pour la formation");
});
