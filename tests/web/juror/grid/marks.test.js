import assert from "node:assert/strict";
import { test } from "node:test";
import {
  blockCount, gridCount, gridKey, needsReason, neighbour, shownMarks, textToShow,
} from "../../../../web/static/js/juror/grid/marks.js";

const held = (mark, words = null, not_shown = false) => ({ mark, words, not_shown, at: 1 });
const competencies = (...codes) => codes.map((code) => ({ code, title: code, mandatory: false, questions: [] }));
const block = (code, kept, ...codes) => ({ code, title: code, part: "A", kept, competencies: competencies(...codes) });

const entry = (command, fields, state = "waiting", position = undefined) => ({
  command, fields: { hearing: "h", ...fields }, state, position,
});

test("marks the server has not shown yet stand over those it has", () => {
  const entries = [
    entry("SetMark", { competency: "C1.1", mark: "NA", words: "Sans aide, non." }),
    entry("ClearMark", { competency: "C1.2" }),
    entry("SetMark", { competency: "C1.3", mark: "NA" }, "saved", 11),
    entry("SetMark", { competency: "C1.4", mark: "NA" }, "saved", 10),
    entry("SetMark", { competency: "C1.5", mark: "NA" }, "refused"),
    entry("WriteNote", { words: "…" }),
  ];
  const marks = Object.fromEntries(["C1.1", "C1.2", "C1.3", "C1.4", "C1.5"].map((code) => [code, held("A")]));
  assert.deepEqual(shownMarks(marks, entries, "h", 10), {
    "C1.1": { mark: "NA", words: "Sans aide, non.", not_shown: false, at: null },
    "C1.3": { mark: "NA", words: null, not_shown: false, at: null },
    "C1.4": held("A"), "C1.5": held("A"),
  });
});

test("another candidate's marks on their way are not shown here", () => {
  assert.deepEqual(shownMarks({}, [entry("SetMark", { hearing: "other", competency: "C1.1", mark: "A" })], "h", 0), {});
});

test("an NA needs words or « non démontrée », an A needs nothing", () => {
  assert.deepEqual(
    [held("NA"), held("NA", "  "), held("NA", "Vu."), held("NA", null, true), held("A"), undefined].map(needsReason),
    [true, true, false, false, false, false],
  );
});

test("counts leave a kept block out", () => {
  const marks = { "C1.1": held("A"), "C2.1": held("NA") };
  const blocks = [block("BC1", true, "C1.1", "C1.2"), block("BC2", false, "C2.1", "C2.2", "C2.3")];
  assert.deepEqual(gridCount(blocks, marks), { marked: 1, total: 3 });
  assert.deepEqual(blockCount(blocks[0], marks), { marked: 1, total: 2 });
});

test("arrows stop at the first and the last row", () => {
  const codes = ["C1.1", "C1.2", "C2.1"];
  assert.deepEqual(
    [
      neighbour(codes, null, 1), neighbour(codes, "C1.1", 1), neighbour(codes, "C2.1", 1), neighbour(codes, "C1.1", -1),
      neighbour([], null, 1),
    ],
    ["C1.1", "C1.2", "C2.1", "C1.1", null],
  );
});

test("only A, N and the vertical arrows act in the grid", () => {
  assert.deepEqual(["a", "A", "n", "ArrowDown", "ArrowUp", "ArrowLeft", "b", "Enter"].map(gridKey),
    [{ mark: "A" }, { mark: "A" }, { mark: "NA" }, { by: 1 }, { by: -1 }, null, null, null]);
});

test("words being typed are never replaced, neither by an older view nor by another tab", () => {
  const shown = (/** @type {object} */ changes) => textToShow({
    field: "je tape", base: "je", held: "autre onglet", focused: false, ...changes,
  });
  assert.equal(shown({ focused: true }), "je tape");
  assert.equal(shown({}), "je tape");
  assert.equal(shown({ base: "je tape", refused: true }), "je tape");
  assert.equal(shown({ base: "je tape", focused: true }), "je tape");
});

test("words that were sent, or never touched, follow the server", () => {
  const shown = (/** @type {object} */ changes) => textToShow({
    field: "dit", base: "dit", held: "dit", focused: false, ...changes,
  });
  assert.equal(shown({}), "dit");
  assert.equal(shown({ held: "autre onglet" }), "autre onglet");
  assert.equal(shown({ held: null }), "");
  assert.equal(shown({ field: "", base: "", held: "serveur" }), "serveur");
  assert.equal(shown({ field: "", base: "", held: undefined }), "");
});
