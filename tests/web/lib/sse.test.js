import assert from "node:assert/strict";
import { test } from "node:test";
import { EventParser, readEvents } from "../../../web/static/js/lib/sse.js";

test("an event cut anywhere is the same event", () => {
  const text =
    ": sign of life\nretry: 1000\n\nevent: view\nid: 7\ndata: {\"a\":\ndata: 1}\n\nevent: live\r\ndata: {}\r\n\r\n";
  const whole = [{ event: "view", id: "7", data: '{"a":\n1}' }, { event: "live", id: null, data: "{}" }];
  for (let at = 0; at <= text.length; at += 1) {
    const parser = new EventParser();
    assert.deepEqual([...parser.push(text.slice(0, at)), ...parser.push(text.slice(at))], whole, `cut at ${at}`);
  }
});

test("nothing is told before its blank line, and an id alone is no event", () => {
  const parser = new EventParser();
  assert.deepEqual(parser.push("event: view\ndata: 1\n"), []);
  assert.deepEqual(parser.push("\n"), [{ event: "view", id: null, data: "1" }]);
  assert.deepEqual(parser.push("id: 9\n\n"), []);
  assert.deepEqual(parser.push("data\n\n"), [{ event: "message", id: null, data: "" }]);
});

test("comments show that the line is alive", async () => {
  let alive = 0;
  /** @type {string[]} */
  const events = [];
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of [":\n\n", "data: é", "\n\n"]) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  await readEvents(new Response(body), (event) => events.push(event.data), () => { alive += 1; });
  assert.deepEqual([alive, events], [3, ["é"]]);
});
