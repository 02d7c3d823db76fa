import assert from "node:assert/strict";
import { test } from "node:test";
import { credential, withCredentials } from "../../../web/static/js/lib/media/link.js";
import { levelOf } from "../../../web/static/js/lib/sound.js";

test("a restart's answer is the first one with the fragment's credentials, in every m-line", () => {
  const answer = "v=0\r\nm=audio 9\r\na=ice-ufrag:old1\r\na=ice-pwd:oldpassword\r\n"
    + "m=video 9\r\na=ice-ufrag:old1\r\na=ice-pwd:oldpassword\r\na=mid:1\r\n";
  const fragment = "a=ice-lite\r\na=ice-ufrag:new2\r\na=ice-pwd:newpassword\r\n";
  assert.equal(withCredentials(answer, fragment),
    answer.replaceAll("old1", "new2").replaceAll("oldpassword", "newpassword"));
  assert.deepEqual([credential(fragment, "ufrag"), credential(fragment, "pwd"), credential("", "pwd")],
    ["new2", "newpassword", ""]);
});

test("the level meter spans a quiet room to a loud voice", () => {
  assert.deepEqual([levelOf(0), levelOf(0.001), levelOf(1)], [0, 0, 1]);
  assert.ok(Math.abs(levelOf(10 ** (-33 / 20)) - 0.5) < 1e-9);
});
