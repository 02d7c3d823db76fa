import assert from "node:assert/strict";
import { test } from "node:test";
import { ClosedDevices } from "../../../web/static/js/lib/closed.js";

const told = (version, camera, microphone) => ({ version, camera, microphone });
const both = (closed) => [closed.has("videoinput"), closed.has("audioinput")];
const settled = () => new Promise((done) => setTimeout(done));

function shelf() {
  const kept = new Map();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

/** A server that answers when it is told to. */
function server(now = told(0, false, false)) {
  const asked = [];
  const send = (presses) => new Promise((resolve) => asked.push({ presses, answer: () => {
    now = {
      camera: presses.camera ?? now.camera, microphone: presses.microphone ?? now.microphone, version: now.version + 1,
    };
    resolve(now);
  }, lose: () => resolve(null) }));
  return { asked, send };
}

test("what was pressed holds at once, and older news opens nothing", async () => {
  const { asked, send } = server();
  const closed = new ClosedDevices({ told: told(0, false, false), store: null, send });
  const heard = [];
  closed.onChange(() => heard.push(both(closed)));
  closed.set("audioinput", true);
  assert.deepEqual(both(closed), [false, true]);
  closed.learn(told(0, false, false));
  assert.deepEqual(both(closed), [false, true]);
  asked[0].answer();
  await settled();
  closed.learn(told(0, false, false));
  assert.deepEqual([both(closed), heard], [[false, true], [[false, true]]]);
  closed.learn(told(2, true, true));
  assert.deepEqual([both(closed), heard.length], [[true, true], 2]);
});

test("pressed again while the server is being told: the last press is what counts", async () => {
  const { asked, send } = server();
  const closed = new ClosedDevices({ told: told(0, false, false), store: null, send });
  closed.set("audioinput", true);
  closed.set("audioinput", false);
  closed.set("audioinput", true);
  asked[0].answer();
  await settled();
  assert.deepEqual([asked.length, both(closed)], [1, [false, true]]);
  closed.set("audioinput", false);
  closed.set("videoinput", true);
  asked[1].answer();
  await settled();
  assert.deepEqual(asked[2].presses, { camera: true });
});

test("what was closed while the line was cut is closed after a reload, and told then", async () => {
  const store = shelf();
  const cut = server();
  const before = new ClosedDevices({ told: told(3, false, false), store, send: cut.send });
  before.set("audioinput", true);
  const { asked, send } = server(told(3, false, false));
  const after = new ClosedDevices({ told: told(3, false, false), store, send });
  assert.deepEqual([both(after), asked[0].presses], [[false, true], { microphone: true }]);
});

test("what was opened while the line was cut is closed after a reload", () => {
  const store = shelf();
  new ClosedDevices({ told: told(3, false, true), store, send: server().send }).set("audioinput", false);
  const { asked, send } = server();
  const after = new ClosedDevices({ told: told(3, false, true), store, send });
  assert.deepEqual([both(after), asked], [[false, true], []]);
});

test("a newer word of the same person about a device, from another browser, is what counts", () => {
  const store = shelf();
  const before = new ClosedDevices({ told: told(3, false, true), store, send: server().send });
  before.set("audioinput", false);
  before.set("audioinput", true);
  const { asked, send } = server();
  const after = new ClosedDevices({ told: told(5, true, false), store, send });
  assert.deepEqual([both(after), asked], [[true, false], []]);
});

test("two closed in a row, the first answer lost, the page loaded anew: both are closed", () => {
  const store = shelf();
  const before = new ClosedDevices({ told: told(3, false, false), store, send: server().send });
  before.set("audioinput", true);
  before.set("videoinput", true);
  const { asked, send } = server();
  const after = new ClosedDevices({ told: told(4, false, true), store, send });
  assert.deepEqual([both(after), asked[0].presses], [[true, true], { camera: true }]);
});

test("a browser that holds the seat no more does not go on telling", async () => {
  let asked = 0;
  const closed = new ClosedDevices({ told: told(0, false, false), store: null, send: async () => {
    asked += 1;
    return asked < 3 ? "out" : null;
  } });
  closed.set("audioinput", true);
  await new Promise((done) => setTimeout(done, 10));
  assert.deepEqual([asked, both(closed)], [1, [false, true]]);
  closed.set("videoinput", true);
  assert.equal(asked, 2);
});

test("a browser that keeps nothing, or keeps rubbish, believes the server", () => {
  const rubbish = { getItem: () => "{", setItem: () => { throw new Error("full"); } };
  for (const store of [null, rubbish]) {
    const closed = new ClosedDevices({ told: told(1, false, true), store, send: null });
    assert.deepEqual(both(closed), [false, true]);
    closed.set("videoinput", true);
    assert.deepEqual(both(closed), [true, true]);
  }
});
