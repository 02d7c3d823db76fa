/**
 * One's own picture and sound, sent to the server and had back from it, for some seconds: what of it arrives, how fast,
 * and by which way.
 *
 * @typedef {object} Returned
 * @property {"udp" | "tcp"} path
 * @property {number} carries_bps what the way there would carry, as the browser estimates it, or what it sent
 * @property {number} returned_bps
 * @property {number} lost_back thousandths
 * @property {number} round_trip_ms
 *
 * @typedef {object} Snapshot counters as `getStats` gives them; `carries` in bit/s and `delay` in s, where known
 * @property {number} at ms
 * @property {number} sent bytes
 * @property {number} back bytes
 * @property {number} arrived packets
 * @property {number} lost packets
 * @property {number | undefined} carries
 * @property {number | undefined} delay
 * @property {"udp" | "tcp"} path
 */
import { seatPath } from "../page.js";
import { Link } from "./link.js";
import { Publisher } from "./publisher.js";

const LOOK_MS = 200;

export class Loop {
  #publisher;
  /** @type {Link | null} */
  #view = null;
  #seat;
  #video;
  #elsewhere = false;

  /**
   * @param {MediaStream} stream
   * @param {string} seat one's own
   * @param {HTMLVideoElement} video shows what comes back, without its sound: it would howl
   */
  constructor(stream, seat, video) {
    this.#seat = seat;
    this.#video = video;
    this.#publisher = new Publisher("main", {
      stream, detail: true, onElsewhere: (elsewhere) => { this.#elsewhere ||= elsewhere; },
    });
  }

  /** Another tab of this seat has taken its place. */
  get elsewhere() {
    return this.#elsewhere;
  }

  /**
   * @param {{connect_ms: number, settle_ms: number, measure_ms: number}} pace
   * @returns {Promise<Returned | null>} null where no way there and back has opened
   */
  async run({ connect_ms, settle_ms, measure_ms }) {
    const until = performance.now() + connect_ms;
    if (!await this.#connected(() => this.#publisher.state, until)) return null;
    this.#view = new Link({
      address: `${seatPath}whep/${this.#seat}/main`, build: (pc) => this.#receive(pc),
    });
    this.#view.open();
    if (!await this.#connected(() => this.#view?.state, until)) return null;
    await pause(settle_ms);
    const first = await this.#snapshot();
    await pause(measure_ms);
    const second = await this.#snapshot();
    return first && second && between(first, second);
  }

  close() {
    this.#view?.close();
    this.#publisher.close();
    this.#video.srcObject = null;
  }

  /**
   * @param {() => import("./link.js").LinkState | undefined} state
   * @param {number} until
   */
  async #connected(state, until) {
    while (performance.now() < until && !this.#elsewhere) {
      const now = state();
      if (now === "connected") return true;
      if (now === "unable" || now === "out") return false;
      await pause(LOOK_MS);
    }
    return false;
  }

  /** @param {RTCPeerConnection} pc */
  #receive(pc) {
    const stream = new MediaStream();
    for (const kind of ["video", "audio"]) pc.addTransceiver(kind, { direction: "recvonly" });
    pc.addEventListener("track", ({ track }) => {
      stream.addTrack(track);
      this.#video.muted = true;
      this.#video.srcObject = stream;
      void this.#video.play().catch(() => {});
    });
  }

  /** @returns {Promise<Snapshot | null>} null where a connection broke meanwhile */
  async #snapshot() {
    const [there, back] = [this.#publisher.pc, this.#view?.pc];
    if (!there || !back) return null;
    return snapshotOf([...(await there.getStats()).values()], [...(await back.getStats()).values()], performance.now());
  }
}

/**
 * @param {any[]} there what the sending connection tells
 * @param {any[]} back what the receiving one tells
 * @param {number} at ms
 * @returns {Snapshot}
 */
export function snapshotOf(there, back, at) {
  const pair = pairOf(there);
  const local = there.find((one) => one.id === pair?.localCandidateId);
  const received = back.filter((one) => one.type === "inbound-rtp");
  const reported = there.find((one) => one.type === "remote-inbound-rtp" && one.roundTripTime !== undefined);
  return {
    at, sent: total(there.filter((one) => one.type === "outbound-rtp"), "bytesSent"),
    back: total(received, "bytesReceived"), arrived: total(received, "packetsReceived"),
    lost: total(received, "packetsLost"), carries: pair?.availableOutgoingBitrate,
    delay: pair?.currentRoundTripTime ?? reported?.roundTripTime,
    // Through a relay the way to it counts; what is not UDP to a relay is TCP, with or without TLS.
    path: (local?.relayProtocol ?? local?.protocol ?? "udp") === "udp" ? "udp" : "tcp",
  };
}

/** The way in use: browsers name it in one of two manners. @param {any[]} stats */
function pairOf(stats) {
  const transport = stats.find((one) => one.type === "transport" && one.selectedCandidatePairId);
  return stats.find((one) => one.type === "candidate-pair"
    && (transport ? one.id === transport.selectedCandidatePairId : one.selected));
}

/**
 * @param {Snapshot} first
 * @param {Snapshot} second
 * @returns {Returned}
 */
export function between(first, second) {
  const seconds = (second.at - first.at) / 1000;
  const rate = (/** @type {number} */ bytes) => Math.max(0, Math.round(8 * bytes / seconds));
  const [arrived, lost] = [second.arrived - first.arrived, Math.max(0, second.lost - first.lost)];
  return {
    path: second.path, carries_bps: Math.round(second.carries ?? rate(second.sent - first.sent)),
    returned_bps: rate(second.back - first.back),
    lost_back: arrived + lost > 0 ? Math.round(1000 * lost / (arrived + lost)) : 0,
    round_trip_ms: Math.round(1000 * (second.delay ?? 0)),
  };
}

/** @param {any[]} stats @param {string} name */
function total(stats, name) {
  return stats.reduce((sum, one) => sum + (one[name] ?? 0), 0);
}

/** @param {number} ms @returns {Promise<void>} */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
