import assert from "node:assert/strict";
import { test } from "node:test";
import {
  awaited, departs, grouped, settled, standing, toConfirm, toPropose,
} from "../../../../web/static/js/juror/deliberation/consensus.js";

const JURORS = ["a", "b", "c"];
const row = (competency, marks, more = {}) => ({
  competency,
  own: Object.fromEntries(marks.map((mark, i) => [JURORS[i], { mark, words: null, not_shown: false, at: 1 }])),
  differs: new Set(marks).size > 1, proposed: null, confirmed: [], reached: false, disputed: false, ...more,
});

test("rows that differ come first, whatever has been agreed since", () => {
  const rows = [
    row("C1.1", ["A", "A", "A"]), row("C1.2", ["A", "NA", "A"], { reached: true, proposed: "A" }),
    row("C1.3", ["NA", "A", "A"]),
  ];
  const { differ, same } = grouped(rows);
  assert.deepEqual([differ.map((one) => one.competency), same.map((one) => one.competency)],
    [["C1.2", "C1.3"], ["C1.1"]]);
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

test("a recommendation departs where the server says so", () => {
  const advices = [{ advice: "award", departs: true }, { advice: "refuse", departs: false }];
  const deliberation = { places: [{ block: "BC1", advices }, { block: null, advices: [] }] };
  assert.deepEqual(
    [
      ["BC1", "award"], ["BC1", "refuse"], [null, "award"], ["BC2", "award"],
    ].map((one) => departs(deliberation, ...one)),
    [true, false, false, false],
  );
});

test("a proposal is not an acquisition before the three have confirmed it", () => {
  const rows = [
    undefined, row("C", ["A", "A", "A"], { proposed: "A" }),
    row("C", ["A", "A", "A"], { proposed: "A", reached: true }),
    row("C", ["A", "A", "A"], { proposed: "NA", reached: true }), row("C", ["A", "NA", "A"], { disputed: true }),
  ];
  assert.deepEqual(rows.map(standing),
  ["open", "open", "acquired", "not_acquired", "disputed"]);
});

test("once no question is open the recommendations begin, and what is frozen stays settled", () => {
  const cases = [[true, false], [false, true], [false, false]].map(([advice_open, frozen]) =>
    ({ advice_open, frozen }));
  assert.deepEqual(cases.map(settled), [true, true, false]);
});
