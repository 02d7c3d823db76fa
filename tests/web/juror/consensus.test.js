import assert from "node:assert/strict";
import { test } from "node:test";
import { advices, awaited, computedAdvice, departs, grouped, settled, standing, toConfirm, toPropose, unsignable } from "../../../web/static/js/juror/consensus.js";

const JURORS = ["a", "b", "c"];
const row = (competency, marks, more = {}) => ({
  competency,
  own: Object.fromEntries(marks.map((mark, i) => [JURORS[i], { mark, words: null, not_shown: false, at: 1 }])),
  differs: new Set(marks).size > 1, proposed: null, confirmed: [], reached: false, disputed: false, ...more,
});

test("rows that differ come first, whatever has been agreed since", () => {
  const rows = [row("C1.1", ["A", "A", "A"]), row("C1.2", ["A", "NA", "A"], { reached: true, proposed: "A" }), row("C1.3", ["NA", "A", "A"])];
  const { differ, same } = grouped(rows);
  assert.deepEqual([differ.map((one) => one.competency), same.map((one) => one.competency)], [["C1.2", "C1.3"], ["C1.1"]]);
});

test("a juror confirms what is proposed, not disputed, and not confirmed by them yet", () => {
  const rows = [
    row("C1.1", ["A", "A", "A"], { proposed: "A", confirmed: ["a"] }),
    row("C1.2", ["A", "NA", "A"], { proposed: "NA", confirmed: ["a", "b"] }),
    row("C1.3", ["A", "NA", "A"], { proposed: "NA", disputed: true }),
    row("C1.4", ["A", "NA", "A"]),
  ];
  assert.deepEqual(toConfirm(rows, "b"), { "C1.1": "A" });
  assert.deepEqual(awaited(rows[0], JURORS), ["b", "c"]);
  assert.deepEqual([awaited(rows[2], JURORS), awaited(rows[3], JURORS)], [[], []]);
});

test("only what the three agree on is proposed at once: the highest mark is never taken for the agreed one", () => {
  const rows = [
    row("C1.1", ["A", "A", "A"]), row("C1.2", ["A", "NA", "A"]), row("C1.3", ["NA", "NA", "NA"]),
    row("C1.4", ["A", "A", "A"], { proposed: "NA" }), row("C1.5", []), row("C1.6", ["A", "A"]),
  ];
  assert.deepEqual(toPropose(rows, JURORS), { "C1.1": "A", "C1.3": "NA" });
});

test("a recommendation departs from the computed result only once that is known", () => {
  const deliberation = { outcome: "partial", blocks: [{ code: "BC1", validated: false }, { code: "BC2", validated: true }, { code: "BC3", validated: null }] };
  assert.deepEqual(["BC1", "BC2", "BC3", null].map((code) => computedAdvice(deliberation, code)), ["refuse", "award", null, "partial"]);
  assert.deepEqual([departs(deliberation, "BC1", "award"), departs(deliberation, "BC1", "refuse"), departs(deliberation, "BC3", "award"), departs(deliberation, null, "award")],
    [true, false, false, true]);
  assert.equal(computedAdvice({ outcome: null, blocks: [] }, null), null);
});

test("a proposal is not an acquisition before the three have confirmed it", () => {
  assert.deepEqual([undefined, row("C", ["A", "A", "A"], { proposed: "A" }), row("C", ["A", "A", "A"], { proposed: "A", reached: true }),
    row("C", ["A", "A", "A"], { proposed: "NA", reached: true }), row("C", ["A", "NA", "A"], { disputed: true })].map(standing),
  ["open", "open", "acquired", "not_acquired", "disputed"]);
});

test("a declared disagreement holds up neither the recommendations nor the signatures", () => {
  const advised = [{ block: "BC1" }, { block: null }];
  const disputed = { complete: false, advice_open: true, frozen: false, sought: ["BC1"], recommendations: advised };
  const cases = [
    disputed, { ...disputed, advice_open: false, frozen: true },                                          // signable
    { ...disputed, recommendations: [advised[0]] }, { ...disputed, recommendations: [advised[1]] },       // one missing
    { ...disputed, advice_open: false }, { ...disputed, complete: true, advice_open: false },             // a question open
  ];
  assert.deepEqual(cases.map(unsignable), [false, false, true, true, true, true]);
  assert.deepEqual(cases.map(settled), [true, true, true, true, false, false]);
});

test("only the whole is recommended in part, and only where the certification allows it", () => {
  assert.deepEqual([[true, null], [false, null], [true, "BC1"]].map(([partial_allowed, block]) => advices({ partial_allowed }, block)),
    [["award", "partial", "refuse"], ["award", "refuse"], ["award", "refuse"]]);
});
