import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, post } from "../../../../web/static/js/lib/sending/post.js";

/** @param {() => Response | Promise<Response>} answer */
function answering(answer) {
  /** @type {any[]} */
  const asked = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ address, /** @type {any} */ request) => {
    asked.push({ address, ...request });
    return answer();
  });
  return asked;
}

test("one POST is tried once, as JSON, and says what came of it", async () => {
  const asked = answering(() => Response.json({ capture: "c1" }, { status: 201 }));
  assert.deepEqual(await post("/seat/s/captures", { source: "main" }, { headers: { "X-Position": "4" } }),
    { status: 201, body: { capture: "c1" }, after: 0 });
  const [{ address, method, headers, body }] = asked;
  assert.deepEqual([asked.length, address, method, JSON.parse(body)],
    [1, "/seat/s/captures", "POST", { source: "main" }]);
  assert.deepEqual(headers, { "Content-Type": "application/json", Accept: "application/json", "X-Position": "4" });
});

test("a lost line, a proxy's page and a server that asks to wait are told apart", async () => {
  answering(() => { throw new TypeError("network"); });
  assert.deepEqual(await post("/x", {}), { status: 0, body: {}, after: 0 });
  answering(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
  assert.deepEqual(await post("/x", {}), { status: 502, body: {}, after: 0 });
  answering(() => Response.json({ refusal: "Plus de place." }, { status: 507, headers: { "Retry-After": "2" } }));
  assert.deepEqual(await post("/x", {}), { status: 507, body: { refusal: "Plus de place." }, after: 2000 });
});

test("the server’s words come first, then those of whoever asked", () => {
  assert.equal(answerOf(422, { refusal: "Trop tôt." }, "L’image n’est pas prise.").refusal, "Trop tôt.");
  assert.equal(answerOf(0, {}, "L’image n’est pas prise.").refusal, "L’image n’est pas prise.");
  assert.equal(answerOf(201, { position: 3 }, "L’image n’est pas prise.").refusal, "");
});
