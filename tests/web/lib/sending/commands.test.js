import assert from "node:assert/strict";
import { test } from "node:test";
import { Commands } from "../../../../web/static/js/lib/sending/commands.js";
import { answerOf } from "../../../../web/static/js/lib/sending/post.js";
import { within } from "../../../../web/static/js/lib/within.js";

const seat = new Commands("/seat/s/");

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
  const answer = await seat.send("ReportProblem", { words: "x" }, { onWaiting: () => { waiting += 1; } });
  assert.deepEqual(answer, { ok: true, status: 200, position: 4, refusal: "" });
  assert.equal(waiting, 1);
  assert.deepEqual(asked.map(({ body }) => body), Array(3).fill({ command: "ReportProblem", words: "x" }));
  assert.equal(new Set(asked.map(({ headers }) => headers["Idempotency-Key"])).size, 1);
});

test("a refusal names its rule or field, and is not sent again", async () => {
  const asked = answering([() => Response.json({ rule: "R3.4", refusal: "Trop tôt." }, { status: 422 })]);
  const answer = await seat.send("DismissCandidate", {}, { position: 12 });
  assert.deepEqual(answer, { ok: false, status: 422, rule: "R3.4", field: undefined, refusal: "Trop tôt." });
  assert.equal(asked[0].headers["X-Position"], "12");
});

test("a refusal without words still says what to do", () => {
  for (const status of [400, 401, 403, 409, 418]) assert.match(answerOf(status, {}).refusal, /\w+ .*\./);
});

test("what the server asks to wait is waited for and told once; a line that is back cuts nothing short", async () => {
  /** @type {(() => void)[]} */
  const online = [];
  const before = globalThis.addEventListener;
  globalThis.addEventListener = /** @type {any} */ ((/** @type {string} */ name, /** @type {() => void} */ run) =>
    name === "online" && online.push(run));
  const full = () => Response.json({ refusal: "Plus de place." }, { status: 507, headers: { "Retry-After": "1" } });
  const asked = answering([full, full, () => Response.json({ position: 9 })]);
  /** @type {any[]} */
  const told = [];
  const sent = performance.now();
  const doing = seat.send("SetMark", {}, { onWaiting: (wait) => told.push(wait) });
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const run of online) run();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(asked.length, 1);
  assert.deepEqual(await doing, { ok: true, status: 200, position: 9, refusal: "" });
  assert.ok(performance.now() - sent >= 2000);
  assert.deepEqual(told, [{ status: 507, words: "Plus de place.", after: 1000 }]);
  assert.equal(new Set(asked.map(({ headers }) => headers["Idempotency-Key"])).size, 1);
  globalThis.addEventListener = before;
});

test("given up, an act says what the server said last, not that the line is missing", async () => {
  answering(Array(9).fill(() => Response.json({ refusal: "Plus de place." }, { status: 507 })));
  const answer = await seat.send("CallIn", {}, { signal: within(400) });
  assert.deepEqual([answer.ok, answer.refusal], [false, "Plus de place."]);
});

test("nothing newer than the oldest browser is needed for an act to leave", async () => {
  const { any, timeout } = AbortSignal;
  const uuid = crypto.randomUUID;
  try {
    for (const [where, name] of /** @type {[any, string][]} */ ([
      [AbortSignal, "any"], [AbortSignal, "timeout"], [crypto, "randomUUID"],
    ])) {
      Object.defineProperty(where, name, { value: undefined, configurable: true, writable: true });
    }
    const asked = answering([() => Response.json({ position: 2 })]);
    const answer = await seat.send("ReportProblem", {});
    assert.deepEqual([answer.ok, asked.length], [true, 1]);
    assert.match(asked[0].headers["Idempotency-Key"],
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  } finally {
    for (const [where, name, value] of /** @type {[any, string, any][]} */ ([
      [AbortSignal, "any", any], [AbortSignal, "timeout", timeout], [crypto, "randomUUID", uuid],
    ])) {
      Object.defineProperty(where, name, { value, configurable: true, writable: true });
    }
  }
});
