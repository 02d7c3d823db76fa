import assert from "node:assert/strict";
import { test } from "node:test";
import { date, duration, hhmm, hour, isoDuration, mmss, t } from "../../../web/static/js/lib/i18n.js";

const AT = Date.UTC(2026, 10, 24, 8, 5);

test("hours are those of Paris, winter and summer", () => {
  assert.deepEqual([hour(AT), hhmm(AT), hour(Date.UTC(2026, 6, 1, 8, 5))], ["9 h 05", "09:05", "10 h 05"]);
});

test("a day is written out, from a moment or a date", () => {
  assert.deepEqual([date(AT), date("2026-12-24")], ["mardi 24 novembre 2026", "jeudi 24 décembre 2026"]);
});

test("durations for people and for clocks", () => {
  assert.deepEqual([0, 25 * 60e3, 60 * 60e3, 65 * 60e3].map(duration), ["0 min", "25 min", "1 h", "1 h 05"]);
  assert.deepEqual([0, 999, 59_000, 522_000, 3_730_000].map(mmss), ["0:00", "0:00", "0:59", "8:42", "1:02:10"]);
  assert.equal(isoDuration(522_000), "PT8M42S");
});

test("named places are filled, unknown ones left to be seen", () => {
  assert.equal(t("{a} et {b}", { a: 1 }), "1 et {b}");
});
