import assert from "node:assert/strict";
import { test } from "node:test";
import { Decided, Turns, changed, isDecided } from "../../../web/static/js/juror/fresh.js";

globalThis.addEventListener ??= /** @type {any} */ (() => {});
globalThis.removeEventListener ??= /** @type {any} */ (() => {});

const ROW = {
  competency: "C1.1", own: {}, differs: false, proposed: "A", confirmed: ["emp"], reached: false, disputed: false,
};
const TABLE = { rows: [ROW], recommendations: [{ block: null, advice: "award", words: null }], signatures: [] };
const HEARING = /** @type {any} */ ({
  id: "h1", phase: "deliberation", deliberation: TABLE, prevention: "acknowledged", sheet: { state: "signed" },
  identity: { state: "undecided", opinions: [], captures: [], signals: null, copies: [] },
});
/** @param {object} changes of the deliberation */
const table = (changes) => ({ ...HEARING, deliberation: { ...TABLE, ...changes } });

test("who comes and goes, or what others see, changes nothing of a decision", () => {
  const moved = { ...HEARING, expected: "autre chose", candidate: { present: false }, waiting: true };
  for (const command of [
    "DecideIdentity", "DecideRefusal", "DecideSuspicion", "DeclareDispute", "Recommend", "SignDeliberation",
    "RefuseSignature",
  ]) {
    assert.deepEqual([isDecided(command), changed(command, HEARING, moved)], [true, []], command);
  }
  assert.equal(isDecided("PauseClock"), false);
});

test("another fact noted meanwhile changes nothing of what follows a suspicion; the candidate's answer does", () => {
  const noted = (/** @type {object[]} */ ...incidents) => ({ ...HEARING, incidents });
  const told = { position: 5, script: { step: "decide", answer: null } };
  const before = noted(told);
  assert.deepEqual(changed("DecideSuspicion", before, noted(told, { position: 9, script: null })), []);
  const answered = { position: 5, script: { step: "decide", answer: "Le livret est le mien." } };
  assert.equal(changed("DecideSuspicion", before, noted(answered)).length, 1);
});

test("what a decision is about is told by its name", () => {
  const advised = table({ recommendations: [] });
  const proposed = table({ rows: [{ ...ROW, proposed: "NA" }] });
  assert.deepEqual(changed("SignDeliberation", HEARING, advised), ["une préconisation"]);
  assert.deepEqual(changed("Recommend", HEARING, proposed), ["une proposition ou une confirmation"]);
  assert.deepEqual(changed("Recommend", HEARING, table({ signatures: [{ seat: "emp", signed_at: 1 }] })),
    ["une signature"]);
  const doubted = { ...HEARING, identity: { ...HEARING.identity, opinions: [{ seat: "own", conform: false }] } };
  assert.deepEqual(changed("DecideIdentity", HEARING, doubted), ["un avis sur l’identité"]);
  assert.deepEqual(changed("DecideRefusal", HEARING, { ...HEARING, phase: "stopped", prevention: "refused" }),
    ["l’étape de l’épreuve", "ce qui a été refusé"]);
  assert.deepEqual(changed("DecideRefusal", HEARING, { ...HEARING, id: "h2" }), ["l’épreuve en cours"]);
  assert.deepEqual(changed("DecideRefusal", HEARING, null), ["l’épreuve en cours"]);
});

/**
 * A server that moves on each time it is asked, and is known to have by the page a moment later.
 * @param {any} now what the page shows once it hears of it
 * @param {number[]} moves the positions it is at, one for each try; the last one stays
 */
async function decidedLate(now, moves = [9]) {
  const shown = { view: /** @type {any} */ ({ position: 4, hearing: HEARING }) };
  const fresh = new Decided("Recommend", shown);
  /** @type {string[]} */
  const positions = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ _url, /** @type {any} */ { headers }) => {
    const at = moves[Math.min(positions.length, moves.length - 1)];
    positions.push(headers["X-Position"]);
    shown.view = { position: at, hearing: now };
    return Number(headers["X-Position"]) < at ? Response.json({ refusal: "Quelqu’un d’autre." }, { status: 409 })
      : Response.json({ position: at + 1 });
  });
  const answer = await fresh.send("Recommend", { block: null });
  return { answer, positions };
}

test("a decision goes once more when nothing that it is about has changed", async () => {
  const { answer, positions } = await decidedLate({ ...HEARING, expected: "autre chose" });
  assert.deepEqual([answer.ok, positions], [true, ["4", "9"]]);
});

test("recommendations sent one right after the other do not refuse each other", async () => {
  const { answer, positions } = await decidedLate(table({ recommendations: [] }), [5, 7, 8]);
  assert.deepEqual([answer.ok, positions], [true, ["4", "5", "7", "8"]]);
});

test("pressed one after the other, each waits until the page shows the one before, and none is refused", async () => {
  const shown = { view: /** @type {any} */ ({ position: 4, hearing: HEARING }) };
  const turns = new Turns();
  let journal = 4;
  /** @type {[number, number][]} */
  const asked = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ _url, /** @type {any} */ { headers }) => {
    asked.push([Number(headers["X-Position"]), journal]);
    journal += 1;
    const next = { position: journal, hearing: table({ recommendations: asked.map(String) }) };
    setTimeout(() => { shown.view = next; }, 20);
    return Response.json({ position: journal });
  });
  const both = [1, 2, 3].map(() => new Decided("Recommend", shown, { turns })).map((fresh) => fresh.send("Recommend"));
  assert.deepEqual((await Promise.all(both)).map(({ ok }) => ok), [true, true, true]);
  assert.deepEqual(asked, [[4, 4], [5, 5], [6, 6]]);
});

test("what the person has just done themselves is no change to be told of", async () => {
  const shown = { view: /** @type {any} */ ({ position: 4, hearing: HEARING }) };
  const turns = new Turns();
  turns.did({ position: 5 });
  const fresh = new Decided("DecideIdentity", shown, { turns });
  const identity = { ...HEARING.identity, opinions: [{ seat: "emp", conform: true }] };
  setTimeout(() => { shown.view = { position: 5, hearing: { ...HEARING, identity } }; }, 20);
  assert.equal(await fresh.now(), 5);
});

test("a decision is not sent for ever after a server that never stands still", async () => {
  const { answer, positions } = await decidedLate(HEARING, [5, 6, 7, 8, 9, 10, 11, 12, 13]);
  assert.deepEqual([answer.ok, answer.status, positions.length], [false, 409, 6]);
});

test("a decision on what has changed is not sent again: the person learns what, and that nothing is lost", async () => {
  const { answer, positions } = await decidedLate(table({ rows: [{ ...ROW, proposed: "NA" }] }));
  assert.deepEqual([answer.ok, positions], [false, ["4"]]);
  assert.equal(answer.refusal,
    "Entre-temps, ceci a changé\u00a0: une proposition ou une confirmation. "
      + "Rien n’a été fait, et ce que vous avez écrit est gardé. Relisez, puis recommencez.");
});
