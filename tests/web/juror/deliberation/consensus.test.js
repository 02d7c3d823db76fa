import assert from "node:assert/strict";
import { test } from "node:test";
import { departs, grouped, standing } from "../../../../web/static/js/juror/deliberation/consensus.js";

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
