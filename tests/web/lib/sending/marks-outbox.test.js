import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, slotOf } from "../../../../web/static/js/lib/sending/marks-outbox.js";
import { memoryShelf } from "../../../../web/static/js/lib/sending/shelf.js";

const OK = { ok: true, status: 200, position: 7, refusal: "" };

/** A server answered by hand. */
function server() {
  /** @type {{command: string, fields: Record<string, unknown>, key: string, answer: (answer: any) => void}[]} */
  const asked = [];
  const send = (/** @type {string} */ command, /** @type {Record<string, unknown>} */ fields = {}, { key = "" } = {}) =>
    new Promise((answer) => asked.push({ command, fields, key, answer }));
  return { asked, send: /** @type {any} */ (send) };
}

const settle = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));
const mark = (/** @type {string} */ competency, /** @type {string} */ value) => ({
  hearing: "h", competency, mark: value,
});

test("a mark waits until it is acknowledged, and is then off the shelf", async () => {
  const shelf = memoryShelf();
  const { asked, send } = server();
  const outbox = new Outbox(shelf, { send, seat: "seat" });
  await outbox.put("SetMark", mark("C1.1", "A"));
  const slot = slotOf("SetMark", mark("C1.1", "A"));
  assert.equal(outbox.get(slot)?.state, "waiting");
  assert.equal((await shelf.all()).length, 1);
  asked[0].answer(OK);
  await settle();
  assert.deepEqual([outbox.get(slot)?.state, outbox.get(slot)?.position], ["saved", 7]);
  assert.deepEqual(await shelf.all(), []);
});

test("the newest of one competency wins, even over one on its way; others keep their order", async () => {
  const shelf = memoryShelf();
  const { asked, send } = server();
  const outbox = new Outbox(shelf, { send, seat: "seat" });
  await outbox.put("SetMark", mark("C1.1", "A"));
  await outbox.put("SetMark", mark("C1.2", "A"));
  await outbox.put("SetMark", mark("C1.2", "NA"));
  await outbox.put("ClearMark", { hearing: "h", competency: "C1.1" });
  asked[0].answer(OK);
  await settle();
  assert.equal(outbox.get("h/SetMark/C1.1")?.state, "waiting");
  asked[1].answer(OK);
  await settle();
  asked[2].answer(OK);
  await settle();
  assert.deepEqual(asked.map(({ command, fields }) => [command, fields.competency, fields.mark]),
    [["SetMark", "C1.1", "A"], ["SetMark", "C1.2", "NA"], ["ClearMark", "C1.1", undefined]]);
  assert.deepEqual(await shelf.all(), []);
});

test("after a reload it is sent again with the same key", async () => {
  const shelf = memoryShelf();
  const before = server();
  await new Outbox(shelf, { send: before.send, seat: "seat 1" }).put("SetMark", mark("C1.1", "A"));
  const after = server();
  const outbox = new Outbox(shelf, { send: after.send, seat: "seat 2" });
  await outbox.resume();
  await settle();
  assert.equal(after.asked[0].key, before.asked[0].key);
  after.asked[0].answer(OK);
  await settle();
  assert.equal(outbox.get("h/SetMark/C1.1")?.state, "saved");
});

test("a refusal keeps the words and holds nobody else up", async () => {
  const shelf = memoryShelf();
  const { asked, send } = server();
  const outbox = new Outbox(shelf, { send, seat: "seat" });
  await outbox.put("SetMark", mark("C1.1", "B"));
  await outbox.put("SetMark", mark("C1.2", "A"));
  asked[0].answer({ ok: false, status: 422, rule: "R5.1", refusal: "Seulement A ou NA." });
  await settle();
  asked[1].answer(OK);
  await settle();
  assert.deepEqual([outbox.get("h/SetMark/C1.1")?.state, outbox.get("h/SetMark/C1.1")?.refusal],
    ["refused", "Seulement A ou NA."]);
  assert.equal(outbox.get("h/SetMark/C1.2")?.state, "saved");
  assert.deepEqual((await shelf.all()).map((one) => /** @type {any} */ (one).state), ["refused"]);
});

test("a session that changed too fast is asked once more; a second refusal keeps the words", async () => {
  const shelf = memoryShelf();
  const { asked, send } = server();
  const outbox = new Outbox(shelf, { send, seat: "seat" });
  const stale = { ok: false, status: 409, refusal: "Quelqu’un d’autre a agi juste avant vous." };
  await outbox.put("SetMark", mark("C1.1", "A"));
  await outbox.put("SetMark", mark("C1.2", "A"));
  asked[0].answer(stale);
  await settle(400);
  assert.deepEqual([asked[1].key, outbox.get("h/SetMark/C1.1")?.state], [asked[0].key, "waiting"]);
  asked[1].answer(OK);
  await settle();
  assert.equal(outbox.get("h/SetMark/C1.1")?.state, "saved");
  asked[2].answer(stale);
  await settle(400);
  asked[3].answer(stale);
  await settle(400);
  assert.deepEqual([outbox.get("h/SetMark/C1.2")?.state, outbox.get("h/SetMark/C1.2")?.refusal, asked.length],
    ["refused", stale.refusal, 4]);
  assert.deepEqual((await shelf.all()).map((one) => /** @type {any} */ (one).fields.competency), ["C1.2"]);
});

test("without a login everything stays, and nothing is sent over and over", async () => {
  const shelf = memoryShelf();
  const { asked, send } = server();
  const outbox = new Outbox(shelf, { send, seat: "seat" });
  await outbox.put("SetMark", mark("C1.1", "A"));
  asked[0].answer({ ok: false, status: 401, refusal: "" });
  await settle();
  assert.equal(asked.length, 1);
  assert.equal(outbox.get("h/SetMark/C1.1")?.state, "waiting");
  assert.equal((await shelf.all()).length, 1);
});

test("another tab’s older mark never comes after the newer one", async () => {
  const shelf = memoryShelf();
  const first = server();
  const here = new Outbox(shelf, { send: first.send, seat: "tab 1" });
  await here.put("SetMark", mark("C1.0", "A"));
  await here.put("SetMark", mark("C1.1", "A"));
  const second = server();
  const there = new Outbox(shelf, { send: second.send, seat: "tab 2" });
  await there.resume();
  await here.put("SetMark", mark("C1.1", "NA"));
  first.asked[0].answer(OK);
  await settle();
  first.asked[1].answer(OK);
  await settle();
  second.asked[0].answer(OK); // C1.0 with its own key: answered the same
  await settle();
  assert.deepEqual(first.asked.map(({ fields }) => fields.mark), ["A", "NA"]);
  assert.deepEqual(second.asked.map(({ fields }) => fields.competency), ["C1.0"]);
  assert.deepEqual(there.waiting, []);
});

test("a browser whose store breaks shows what was acknowledged as saved, and sends it once", async () => {
  const shelf = memoryShelf();
  const { asked, send } = server();
  const outbox = new Outbox(shelf, { send, seat: "seat" });
  await outbox.put("SetMark", mark("C1.1", "A"));
  await outbox.put("SetMark", mark("C1.2", "A"));
  shelf.remove = shelf.put = () => Promise.reject(new Error("the connection to the database was lost"));
  asked[0].answer(OK);
  await settle();
  asked[1].answer({ ok: false, status: 409, refusal: "La grille est close." });
  await settle(1500);
  asked[2].answer({ ok: false, status: 409, refusal: "La grille est close." });
  await settle();
  assert.deepEqual([outbox.get("h/SetMark/C1.1")?.state, outbox.get("h/SetMark/C1.2")?.state, asked.length],
    ["saved", "refused", 3]);
});

test("what is on its way is being saved; once a try found no network it waits, until one is answered", async () => {
  /** @type {any} */
  let sending;
  const send = (/** @type {string} */ _command, /** @type {object} */ _fields, /** @type {any} */ options) =>
    new Promise((answer) => { sending = { answer, ...options }; });
  const outbox = new Outbox(memoryShelf(), /** @type {any} */ ({ send, seat: "seat line" }));
  /** @type {string[]} */
  const said = [];
  outbox.onChange((_slot, entry) => said.push(entry.state === "waiting" ? outbox.words(entry) : entry.state));
  await outbox.put("SetMark", mark("C1.1", "A"));
  await settle();
  sending.onWaiting();
  sending.answer(OK);
  await settle();
  assert.deepEqual(said, ["enregistrement…", "en attente de réseau", "enregistrement…", "saved"]);
});

test("a server that asks to wait is told of, apart from a lost line, and nothing is sent meanwhile", async () => {
  /** @type {any[]} */
  const waits = [];
  /** @type {((answer: any) => void)[]} */
  const answers = [];
  const send = (/** @type {string} */ _command, /** @type {any} */ _fields, /** @type {any} */ { onWaiting }) => {
    onWaiting({ status: 429, words: "Trop de demandes.", after: 3000 });
    return new Promise((answer) => answers.push(answer));
  };
  const outbox = new Outbox(memoryShelf(), /** @type {any} */ ({ send, seat: "slow" }));
  outbox.onWait((wait) => waits.push(wait?.status ?? null));
  const entry = await outbox.put("SetMark", mark("C1.1", "A"));
  await outbox.put("SetMark", mark("C1.2", "A"));
  await settle();
  assert.deepEqual([outbox.words(entry), answers.length, waits], ["en attente du serveur", 1, [429]]);
  answers[0](OK);
  await settle();
  assert.deepEqual(waits, [429, null, 429]);
});

test("once the session is closed what waits is sent, and nothing stays, refusals included", async () => {
  const shelf = memoryShelf();
  const { asked, send } = server();
  const outbox = new Outbox(shelf, { send, seat: "closing" });
  await outbox.put("SetMark", mark("C1.1", "A"));
  await outbox.put("SetMark", mark("C1.2", "A"));
  asked[0].answer({ ok: false, status: 422, refusal: "La session est close." });
  await settle();
  outbox.end();
  assert.equal((await shelf.all()).length, 2);
  asked[1].answer(OK);
  await settle();
  assert.deepEqual(await shelf.all(), []);
});
