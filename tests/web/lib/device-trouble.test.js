import assert from "node:assert/strict";
import { test } from "node:test";
import { causeOf, systemOf } from "../../../web/static/js/lib/device-trouble.js";

const AGENTS = {
  mac: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    + "Version/17.4 Safari/605.1.15",
  windows: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:126.0) Gecko/20100101 Firefox/126.0",
  ios: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
  android: "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    + "Chrome/126.0 Mobile Safari/537.36",
  "": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
};

const signs = { name: "", message: "", secure: true, able: true, policy: true, permission: "", present: true };

/** As browsers say it: what is known of it, and what it means. */
const SAID = [
  ["browser", { name: "NotAllowedError", message: "Permission denied", permission: "denied" }],
  [
    "browser",
    {
      name: "NotAllowedError",
      message: "The request is not allowed by the user agent or the platform in the current context.",
    },
  ],
  ["dismissed", { name: "NotAllowedError", message: "Permission dismissed", permission: "prompt" }],
  [
    "dismissed",
    { name: "NotAllowedError", message: "The request is not allowed by the user agent", permission: "prompt" },
  ],
  ["system", { name: "NotAllowedError", message: "Permission denied by system", permission: "granted" }],
  ["system", { name: "NotAllowedError", message: "Permission denied by system", permission: "prompt" }],
  [
    "system",
    {
      name: "NotAllowedError", message: "The request is not allowed by the user agent or the platform",
      permission: "granted",
    },
  ],
  ["system", { name: "NotFoundError", message: "The object can not be found here.", present: true }],
  ["none", { name: "NotFoundError", message: "Requested device not found", present: false }],
  ["none", { name: "OverconstrainedError" }],
  ["busy", { name: "NotReadableError", message: "Could not start video source" }],
  ["busy", { name: "AbortError", message: "Starting videoinput failed" }],
  ["policy", { name: "NotAllowedError", message: "Permission denied", policy: false, permission: "denied" }],
  ["policy", { name: "SecurityError" }],
  ["insecure", { name: "SecurityError", secure: false, able: false }],
  ["insecure", { name: "SecurityError", secure: false }],
  ["unsupported", { name: "SecurityError", able: false }],
  ["other", { name: "TypeError" }],
];

for (const [cause, said] of SAID) {
  test(`${JSON.stringify(said)} is told as ${cause}`, () => assert.equal(causeOf({ ...signs, ...said }), cause));
}

test("where the settings are depends on the system; an iPad says that it is a Mac", () => {
  for (const [system, agent] of Object.entries(AGENTS)) assert.equal(systemOf(agent, system === "ios" ? 5 : 0), system);
  assert.equal(systemOf(AGENTS.mac, 5), "ios");
});
