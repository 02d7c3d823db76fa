import assert from "node:assert/strict";
import { test } from "node:test";
import { reveal } from "../../../web/static/js/lib/tabs.js";

/** @param {[number, number]} row @param {[number, number]} own @param {number} scrolled */
function scrolledTo([left, right], own, scrolled) {
  const list = { scrollLeft: scrolled, getBoundingClientRect: () => ({ left, right }) };
  reveal(/** @type {any} */ ({ parentElement: list, getBoundingClientRect: () => ({ left: own[0], right: own[1] }) }));
  return list.scrollLeft;
}

test("a tab beyond an edge is scrolled into the row by as much as is out of it", () => {
  assert.equal(scrolledTo([0, 390], [380, 440], 0), 50);
  assert.equal(scrolledTo([0, 390], [-30, 40], 50), 20);
});

test("a tab in full sight moves nothing", () => {
  assert.equal(scrolledTo([0, 390], [100, 160], 12), 12);
});
