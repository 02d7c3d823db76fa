import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { sendBody } from "../../../../web/static/js/lib/sending/upload-body.js";

const LIMITS = { stalled_ms: 40, answer_ms: 80, tries: 3 };

/**
 * What each request does: bytes it gets away, one after the other, then an answer or silence.
 * @type {{bytes: number[], status?: number}[]}
 */
let lines = [];
let opened = 0;
/** @type {string[]} */
let keys = [];

class Request {
  upload = /** @type {any} */ ({});
  status = 0;
  response = /** @type {any} */ (null);
  onload = () => {};
  onabort = () => {};
  open() { opened += 1; }
  /** @param {string} name @param {string} value */
  setRequestHeader(name, value) {
    if (name === "Idempotency-Key") keys.push(value);
  }
  abort() { this.onabort(); }
  async send() {
    const { bytes, status } = /** @type {any} */ (lines.shift());
    for (const loaded of bytes) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      this.upload.onprogress({ loaded, total: 100 });
      if (loaded === 100) this.upload.onload();
    }
    if (!status) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
    this.status = status;
    this.response = { document: "d" };
    this.onload();
  }
}

beforeEach(() => {
  opened = 0;
  keys = [];
  globalThis.XMLHttpRequest = /** @type {any} */ (Request);
});

test("an upload that stalls is given up, told, and tried again; a slow one that moves is left alone", async () => {
  lines = [{ bytes: [10, 20, 20, 20, 20] }, { bytes: [20, 40, 60, 80, 100], status: 201 }];
  /** @type {number[]} */
  const again = [];
  /** @type {number[]} */
  const shares = [];
  const sent = await sendBody("/documents", /** @type {any} */ ({}),
    { key: "k", onAgain: (tries) => again.push(tries), onProgress: (share) => shares.push(share) }, LIMITS);
  assert.deepEqual([sent, again, opened], [{ status: 201, body: { document: "d" }, whole: true }, [2], 2]);
  assert.deepEqual(keys, ["k", "k"]);
  assert.deepEqual(shares.slice(-5), [0.2, 0.4, 0.6, 0.8, 1]);
});

test("after the last try it is the person's turn", async () => {
  lines = [{ bytes: [10] }, { bytes: [] }, { bytes: [30] }];
  assert.deepEqual([await sendBody("/documents", /** @type {any} */ ({}), {}, LIMITS), opened],
    [{ status: 0, body: {}, whole: false }, 3]);
});

test("what left whole and was not answered is not sent twice: the server may have kept it", async () => {
  lines = [{ bytes: [100] }];
  assert.deepEqual([await sendBody("/documents", /** @type {any} */ ({}), {}, LIMITS), opened],
    [{ status: 0, body: {}, whole: true }, 1]);
});
