import assert from "node:assert/strict";
import { test } from "node:test";
import { date, duration, hhmm, hour, isoDuration, mmss, quoted, t } from "../../../web/static/js/lib/i18n.js";

const AT = Date.UTC(2026, 10, 24, 8, 5);

test("hours are those of Paris, winter and summer", () => {
  assert.deepEqual([hour(AT), hhmm(AT), hour(Date.UTC(2026, 6, 1, 8, 5))],
    ["9\u00a0h\u00a005", "09:05", "10\u00a0h\u00a005"]);
});

test("a day is written out, from a moment or a date", () => {
  assert.deepEqual([date(AT), date("2026-12-24")], ["mardi 24 novembre 2026", "jeudi 24 décembre 2026"]);
  assert.deepEqual([date("2026-12-01"), date("2026-12-11")], ["mardi 1er décembre 2026", "vendredi 11 décembre 2026"]);
});

test("durations for people and for clocks", () => {
  assert.deepEqual([0, 25 * 60e3, 60 * 60e3, 65 * 60e3].map(duration),
    ["0 s", "25 min", "1\u00a0h", "1\u00a0h\u00a005"]);
  assert.deepEqual([-1, 499, 15e3, 59_499, 59_500, 89e3, 3_599_600].map(duration),
    ["0 s", "0 s", "15 s", "59 s", "1 min", "1 min", "1\u00a0h"]);
  assert.deepEqual([0, 999, 59_000, 522_000, 3_730_000].map(mmss), ["0:00", "0:00", "0:59", "8:42", "1:02:10"]);
  assert.equal(isoDuration(522_000), "PT8M42S");
});

test("named places are filled, unknown ones left to be seen", () => {
  assert.equal(t("{a} et {b}", { a: 1 }), "1 et {b}");
});

test("somebody's words stand between quotation marks, and no words are nothing", () => {
  assert.deepEqual(["ici : là", "", null, undefined, false].map(quoted), ["«\u00a0ici : là\u00a0»", "", "", "", ""]);
});
