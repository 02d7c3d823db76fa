import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { RoomStream } from "../../../web/static/js/lib/stream.js";

/** @type {Record<string, (() => void)[]>} */
let heard;
/** @type {number} */
let reloads;
/** @type {Map<string, string>} */
let kept;
/** @type {RoomStream | undefined} */
let stream;

beforeEach(() => {
  [heard, reloads, kept] = [{}, 0, new Map()];
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const listen =
    (/** @type {string} */ name, /** @type {() => void} */ listener) => { (heard[name] ??= []).push(listener); };
  const storage = {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  };
  for (const [name, value] of Object.entries({
    addEventListener: listen, document: { addEventListener: listen, hidden: false, getElementById: () => null },
    sessionStorage: storage,
    location: { reload: () => { reloads += 1; } },
  })) Object.defineProperty(globalThis, name, { configurable: true, value });
});

afterEach(() => {
  stream?.stop();
  mock.timers.reset();
});

const IN = /** @type {any} */ ({ position: 7, hearing: { phase: "questions" } });
const OUT = /** @type {any} */ ({ position: 7, hearing: { phase: "closed" } });
const over = (/** @type {any} */ view) => view.hearing.phase === "closed";

/**
 * A server that answers each request for the stream in turn; the last answer stands.
 * @param {(number | string)[]} answers statuses, or what the stream says
 */
function answering(answers) {
  let asked = 0;
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ _path, /** @type {any} */ { signal }) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (typeof answer === "number") return new Response("", { status: answer });
    return new Response(new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(answer));
        signal.addEventListener("abort", () => controller.error(new Error("aborted")));
      },
    }));
  });
  return () => asked;
}

const settle = async () => { for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setImmediate(resolve)); };
/** @param {number} ms */
const pass = async (ms) => { for (let gone = 0; gone < ms; gone += 1000) { mock.timers.tick(1000); await settle(); } };

test("a candidate whose page says that it is over asks once, and again only when they come back to it", async () => {
  const asked = answering([403]);
  stream = new RoomStream({ view: OUT, path: "/events", over }).start();
  await pass(600_000);
  assert.deepEqual([asked(), stream.line.state, reloads], [1, "over", 0]);
  for (const listener of heard.visibilitychange) listener();
  await settle();
  assert.equal(asked(), 2);
});

test("an examination that is to be held after all is drawn again when they come back", async () => {
  answering([403, ": \n\n"]);
  stream = new RoomStream({ view: OUT, path: "/events", over }).start();
  await settle();
  for (const listener of heard.visibilitychange) listener();
  await settle();
  assert.equal(reloads, 1);
});

test("a page that still shows the room when its door turns out to be closed is drawn again", async () => {
  answering([403]);
  stream = new RoomStream({ view: IN, path: "/events", over }).start();
  await settle();
  assert.equal(reloads, 1);
});

test("who is kept out of one deliberation is let in again when it is over, and hears the next call", async () => {
  const call = 'event: view\nid: 9\ndata: {"position": 9, "problems": [{"position": 9}]}\n\n';
  const asked = answering([403, 403, 403, call]);
  /** @type {string[]} */
  const lines = [];
  stream = new RoomStream({ view: IN, path: "/events", stays: true }).onLine(({ state }) => lines.push(state)).start();
  await pass(25_000);
  assert.deepEqual([asked(), lines, reloads], [4, ["connecting", "shut", "open"], 0]);
  assert.deepEqual(/** @type {any} */ (stream.view).problems, [{ position: 9 }]);
});

test("told that the door may be open, it asks at once", async () => {
  const asked = answering([403, 403, ": \n\n"]);
  stream = new RoomStream({ view: IN, path: "/events", stays: true }).start();
  await pass(4000);
  assert.equal(asked(), 2);
  stream.knock();
  await settle();
  assert.deepEqual([asked(), stream.line.state], [3, "open"]);
});

test("a seat that is not this browser’s any more leaves no draft behind", async () => {
  kept.set("drafts /", '{"/help": "mots"}');
  answering([401]);
  stream = new RoomStream({ view: IN, path: "/events" }).start();
  await settle();
  assert.deepEqual([kept.has("drafts /"), reloads], [false, 1]);
});
