import assert from "node:assert/strict";
import { test } from "node:test";
import { credential, withCredentials } from "../../../web/static/js/lib/media/link.js";
import { between, snapshotOf } from "../../../web/static/js/lib/media/loop.js";
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

/** As Chromium tells it: a pair named by its transport. */
const THERE = [
  { type: "transport", selectedCandidatePairId: "p2" },
  { type: "candidate-pair", id: "p1", localCandidateId: "l1", currentRoundTripTime: 9 },
  { type: "candidate-pair", id: "p2", localCandidateId: "l2", currentRoundTripTime: 0.04,
    availableOutgoingBitrate: 2_000_000.4 },
  { type: "local-candidate", id: "l1", protocol: "udp" }, { type: "local-candidate", id: "l2", protocol: "tcp" },
  { type: "outbound-rtp", bytesSent: 1000 }, { type: "outbound-rtp", bytesSent: 500 },
];
const BACK = [{ type: "inbound-rtp", bytesReceived: 900, packetsReceived: 10, packetsLost: 1 }];

test("one's own picture had back is measured between two looks, by the way in use", () => {
  const first = snapshotOf(THERE, BACK, 1000);
  assert.deepEqual(first,
    { at: 1000, sent: 1500, back: 900, arrived: 10, lost: 1, carries: 2_000_000.4, delay: 0.04, path: "tcp" });
  const second = { ...first, at: 3000, sent: 251_500, back: 200_900, arrived: 107, lost: 4 };
  assert.deepEqual(between(first, second),
    { path: "tcp", carries_bps: 2_000_000, returned_bps: 800_000, lost_back: 30, round_trip_ms: 40 });
  // Nothing came, packets counted as lost came after all; and a browser that estimates nothing (Firefox).
  assert.deepEqual(between({ ...first, carries: undefined }, { ...first, at: 3000, sent: 251_500, lost: 0,
    carries: undefined, delay: undefined }),
  { path: "tcp", carries_bps: 1_000_000, returned_bps: 0, lost_back: 0, round_trip_ms: 0 });
});

test("the way is known in Firefox, and through a relay it is the one to the relay", () => {
  const firefox = [{ type: "candidate-pair", id: "p", selected: true, localCandidateId: "l" },
    { type: "local-candidate", id: "l", protocol: "udp" }, { type: "remote-inbound-rtp", roundTripTime: 0.2 }];
  assert.deepEqual([snapshotOf(firefox, [], 0).path, snapshotOf(firefox, [], 0).delay], ["udp", 0.2]);
  const relayed = [...firefox.slice(0, 1), { type: "local-candidate", id: "l", protocol: "udp", relayProtocol: "tls" }];
  assert.equal(snapshotOf(relayed, [], 0).path, "tcp");
});
