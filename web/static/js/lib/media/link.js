/**
 * One stream in one direction over one peer connection: WHIP (RFC 9725) to publish, WHEP (draft-ietf-wish-whep) to
 * view. It connects, restarts ICE when the line wavers, starts anew when that fails, and goes on until `close`.
 *
 * @typedef {"waiting" | "connecting" | "connected" | "interrupted" | "refused" | "out" | "unable" | "closed"} LinkState
 * waiting: nothing to connect to yet · interrupted: was connected, coming back · refused: no right to it, or another
 * device has it · out: this browser holds the seat no more · unable: this browser makes no connection at all
 */
import { Backoff, retryAfter } from "../backoff.js";
import { iceServers } from "../page.js";
import { within } from "../within.js";
import { begins, ends, holds, unable } from "./reach.js";

const SDP = "application/sdp";
const FRAGMENT = "application/trickle-ice-sdpfrag";
/** A person who comes back must be seen again within 3 s: no wait between tries may be longer than this. */
const WAIT_MOST_MS = 1500;
/** Where there is nothing to see yet, or no right to it: the event stream tells when it changes, this is in case. */
const IDLE_MOST_MS = 10000;
/** How long a fresh connection, and a restart, may take before they are tried anew. */
const CONNECT_MS = 6000;
const RESTART_MS = 2500;
const REQUEST_MS = 5000;
const DELETE_MS = 1500;
const UNABLE = -1;

export class Link {
  /** @type {LinkState} */
  state = "connecting";
  /** @type {RTCPeerConnection | null} */
  pc = null;
  #address;
  #build;
  #onState;
  #backoff = new Backoff(WAIT_MOST_MS);
  #idle = new Backoff(IDLE_MOST_MS);
  /** How long the server asked to wait before the next try, in ms. */
  #asked = 0;
  #resource = "";
  #etag = "";
  #answer = "";
  #closed = false;
  #running = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #deadline;

  /**
   * @param {object} options
   * @param {string} options.address where to POST the offer
   * @param {(pc: RTCPeerConnection) => void} options.build adds the transceivers
   * @param {(state: LinkState) => void} [options.onState]
   */
  constructor({ address, build, onState = () => {} }) {
    this.#address = address;
    this.#build = build;
    this.#onState = onState;
  }

  open() {
    if (!this.#running && !this.pc && !this.#closed) void this.#run();
  }

  /** Something says that it may work now (the network, the event stream, the source came back): try at once. */
  hurry() {
    this.#backoff.hurry();
    this.#idle.hurry();
    if (this.state === "interrupted" && !this.#running) void this.#restart();
  }

  /**
   * Start again from nothing: what there was is known to be dead though the connection has not noticed.
   * @param {boolean} [ended] the server has said that it knows nothing of it any more
   */
  renew(ended = false) {
    if (this.#closed || this.#running) return;
    this.#drop(ended);
    void this.#run();
  }

  /**
   * Ends it on both sides.
   * @param {boolean} [ended] the server has ended it already: the right to it is gone
   */
  close(ended = false) {
    this.#closed = true;
    ends(this);
    this.#drop(ended);
    this.#set("closed");
  }

  /** New connections until one is answered. */
  async #run() {
    this.#running = true;
    try {
      while (!this.#closed) {
        this.#asked = 0;
        const status = await this.#connect();
        if (status === 201) return;
        if (status === 401) return this.#set("out");
        if (status === UNABLE) return this.#set("unable");
        if (status === 403 || status === 409) this.#set("refused");
        else if (status === 404) this.#set("waiting");
        await ([403, 404, 409].includes(status) ? this.#idle : this.#backoff).wait(this.#asked);
      }
    } finally {
      this.#running = false;
    }
  }

  /** @returns {Promise<number>} the answer's status; 0 when none came, UNABLE where none can be asked for */
  async #connect() {
    const pc = connection();
    if (!pc) return UNABLE;
    try {
      this.#build(pc);
      await pc.setLocalDescription();
      const response = await request(this.#address, "POST", { "Content-Type": SDP }, pc.localDescription?.sdp ?? "");
      if (response.status !== 201) {
        this.#asked = retryAfter(response);
        pc.close();
        return response.status;
      }
      this.#resource = response.headers.get("Location") ?? "";
      this.#etag = response.headers.get("ETag") ?? "";
      this.#answer = await response.text();
      if (this.#closed) {
        pc.close();
        void this.#delete();
        return 201;
      }
      this.pc?.close();
      this.pc = pc;
      begins(this);
      pc.addEventListener("connectionstatechange", () => this.#follow(pc));
      await pc.setRemoteDescription({ type: "answer", sdp: this.#answer });
      this.#set(this.state === "interrupted" ? "interrupted" : "connecting");
      this.#within(CONNECT_MS);
      return 201;
    } catch {
      if (this.pc !== pc) pc.close();
      else this.#drop();
      return 0;
    }
  }

  /** @param {RTCPeerConnection} pc */
  #follow(pc) {
    if (pc !== this.pc || this.#closed) return;
    if (pc.connectionState === "connected") {
      clearTimeout(this.#deadline);
      this.#backoff.reset();
      holds(this);
      this.#set("connected");
    } else if (pc.connectionState === "disconnected") {
      this.#set("interrupted");
      void this.#restart();
    } else if (pc.connectionState === "failed") {
      this.#set("interrupted");
      this.renew();
    }
  }

  /** ICE restart (RFC 9725 §4.3): the same stream over a new path. */
  async #restart() {
    const pc = this.pc;
    if (!pc || this.#running || this.#closed) return;
    this.#running = true;
    try {
      while (pc === this.pc && !this.#closed && pc.connectionState !== "connected") {
        const status = await this.#patch(pc);
        if (status === 200) return this.#within(RESTART_MS);
        if (status === 404) this.#resource = "";
        if (status !== 0) break;
        await this.#backoff.wait();
      }
    } finally {
      this.#running = false;
    }
    // `connected` again by itself: nothing to do. Refused: the server knows nothing of this stream any more.
    if (pc === this.pc && pc.connectionState !== "connected") this.renew();
  }

  /**
   * @param {RTCPeerConnection} pc
   * @returns {Promise<number>}
   */
  async #patch(pc) {
    try {
      const offer = await pc.createOffer({ iceRestart: true });
      const credentials = /** @type {const} */ (["ufrag", "pwd"]).map((name) =>
        `a=ice-${name}:${credential(offer.sdp ?? "", name)}\r\n`);
      const response = await request(this.#resource, "PATCH",
        { "Content-Type": FRAGMENT, "If-Match": this.#etag || "*" }, credentials.join(""));
      if (response.status !== 200) return response.status;
      const fragment = await response.text();
      this.#etag = response.headers.get("ETag") ?? this.#etag;
      this.#answer = withCredentials(this.#answer, fragment);
      await pc.setLocalDescription(offer);
      await pc.setRemoteDescription({ type: "answer", sdp: this.#answer });
      return 200;
    } catch (error) {
      return error instanceof DOMException && error.name !== "AbortError" && error.name !== "TimeoutError" ? 500 : 0;
    }
  }

  /** @param {number} ms */
  #within(ms) {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.pc?.connectionState === "connected" || this.renew(), ms);
  }

  /** @param {boolean} [ended] there is nothing left to end on the server: a DELETE would only be answered 404 */
  #drop(ended = false) {
    clearTimeout(this.#deadline);
    const pc = this.pc;
    this.pc = null;
    if (ended || (pc && hungUp(pc))) this.#resource = "";
    // Told by DELETE first: DTLS closing on its own would leave a resource that is no more when the request comes.
    void this.#delete().finally(() => pc?.close());
  }

  /** Outlives the page, so that others see at once that this person left. */
  async #delete() {
    const resource = this.#resource;
    this.#resource = "";
    if (resource) {
      await fetch(resource, { method: "DELETE", keepalive: true, signal: within(DELETE_MS) }).catch(() => {});
    }
  }

  /** @param {LinkState} state */
  #set(state) {
    if (this.state === state) return;
    this.state = state;
    this.#onState(state);
  }
}

/** @returns {RTCPeerConnection | null} null: switched off by a setting, an extension or a policy */
function connection() {
  try {
    return new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
  } catch {
    unable();
    return null;
  }
}

/**
 * Has the server closed its end? It says so in DTLS (close_notify, RFC 8446 §6.1).
 * @param {RTCPeerConnection} pc
 */
function hungUp(pc) {
  return pc.getTransceivers().some(({ receiver }) => receiver.transport?.state === "closed");
}

/**
 * @param {string} address
 * @param {string} method
 * @param {Record<string, string>} headers
 * @param {string} body
 */
function request(address, method, headers, body) {
  return fetch(address, { method, headers, body, cache: "no-store", signal: within(REQUEST_MS) });
}

/**
 * @param {string} sdp
 * @param {"ufrag" | "pwd"} name
 */
export function credential(sdp, name) {
  return new RegExp(`^a=ice-${name}:(\\S+)`, "m").exec(sdp)?.[1] ?? "";
}

/**
 * The answer with the ICE credentials of a restart's fragment.
 * @param {string} answer
 * @param {string} fragment
 */
export function withCredentials(answer, fragment) {
  return answer
    .replace(/^a=ice-ufrag:\S+/gm, `a=ice-ufrag:${credential(fragment, "ufrag")}`)
    .replace(/^a=ice-pwd:\S+/gm, `a=ice-pwd:${credential(fragment, "pwd")}`);
}
