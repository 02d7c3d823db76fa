import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, send } from "../../../web/static/js/lib/commands.js";

globalThis.addEventListener ??= /** @type {any} */ (() => {});
globalThis.removeEventListener ??= /** @type {any} */ (() => {});

/** @param {(() => Response | Promise<Response>)[]} answers */
function answering(answers) {
  /** @type {{url: string, headers: Record<string, string>, body: any}[]} */
  const asked = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ url, /** @type {any} */ { headers, body }) => {
    asked.push({ url, headers, body: JSON.parse(body) });
    return /** @type {() => Response} */ (answers.shift())();
  });
  return asked;
}

test("a lost answer is asked for again with the same key, and told once", async () => {
  const lost = () => { throw new TypeError("network"); };
  const asked = answering([lost, () => new Response("", { status: 503 }), () => Response.json({ position: 4 })]);
  let waiting = 0;
  const answer = await send("ReportProblem", { words: "x" }, { path: "/commands", onWaiting: () => { waiting += 1; } });
  assert.deepEqual(answer, { ok: true, status: 200, position: 4, refusal: "" });
  assert.equal(waiting, 1);
  assert.deepEqual(asked.map(({ body }) => body), Array(3).fill({ command: "ReportProblem", words: "x" }));
  assert.equal(new Set(asked.map(({ headers }) => headers["Idempotency-Key"])).size, 1);
});

test("a refusal names its rule or field, and is not sent again", async () => {
  const asked = answering([() => Response.json({ rule: "R3.4", refusal: "Trop tôt." }, { status: 422 })]);
  const answer = await send("DismissCandidate", {}, { path: "/commands", position: 12 });
  assert.deepEqual(answer, { ok: false, status: 422, rule: "R3.4", field: undefined, refusal: "Trop tôt." });
  assert.equal(asked[0].headers["X-Position"], "12");
});

test("a refusal without words still says what to do", () => {
  for (const status of [400, 401, 403, 409, 418]) assert.match(answerOf(status, {}).refusal, /\w+ .*\./);
});
