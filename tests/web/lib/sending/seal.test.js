import assert from "node:assert/strict";
import { test } from "node:test";
import { seal, sealed, unseal } from "../../../../web/static/js/lib/sending/seal.js";

const KEY = "0123456789abcdef".repeat(4);

test("what is sealed opens in its own place under its own key, and nowhere else", async () => {
  const key = await sealed(KEY);
  const value = { mark: "NA", words: "é".repeat(3) };
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (await seal(key, "/seat/a/ C1.1", value));
  assert.deepEqual(await unseal(key, "/seat/a/ C1.1", bytes), value);
  assert.equal(await unseal(key, "/seat/a/ C1.2", bytes), null);
  assert.equal(await unseal(await sealed("f".repeat(64)), "/seat/a/ C1.1", bytes), null);
  assert.ok(!new TextDecoder().decode(bytes).includes("NA"));
  assert.equal(key.extractable, false);
});

test("without a key nothing can be sealed", async () => {
  await assert.rejects(sealed(""));
});
