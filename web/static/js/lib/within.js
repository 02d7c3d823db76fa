/**
 * What newer browsers bring and older ones, or a page opened by plain HTTP, lack: made here from what all of them have.
 */

/**
 * A signal that gives up after a while, or as soon as one of `others` does (`AbortSignal.any` came with Safari 17.4).
 * @param {number} ms
 * @param {...(AbortSignal | undefined)} others
 * @returns {AbortSignal}
 */
export function within(ms, ...others) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new DOMException("too long", "TimeoutError")), ms);
  for (const other of others) {
    if (other?.aborted) stop.abort(other.reason);
    other?.addEventListener("abort", () => stop.abort(other.reason), { once: true, signal: stop.signal });
  }
  stop.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return stop.signal;
}

/** A key nobody else has: a UUID of version 4 (RFC 9562 §5.4). `crypto.randomUUID` is for secure pages alone. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
