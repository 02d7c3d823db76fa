/** One's own camera and microphone, sent as this seat's `main` for as long as it may and there is something to send. */
import { tellElsewhere } from "./elsewhere.js";
import { Publisher } from "./publisher.js";

export class Own {
  #stream;
  #devices;
  #options;
  /** @type {Publisher | null} */
  #publisher = null;
  /** The seat sends from a newer tab: a device that comes back here takes nothing from it. */
  #elsewhere = false;

  /**
   * @param {import("../stream.js").RoomStream} stream
   * @param {import("../devices.js").Devices} devices
   * @param {{detail?: boolean, onState?: (state: import("./link.js").LinkState) => void}} [options] as the publisher's
   */
  constructor(stream, devices, options = {}) {
    this.#stream = stream;
    this.#devices = devices;
    this.#options = options;
    devices.onChange(() => this.#send());
    stream.onView(() => this.#send()).onLine(({ state }) => { if (state === "open") this.#publisher?.hurry(); })
      .onClosed(() => this.#close(true));
  }

  get state() {
    return this.#publisher?.state;
  }

  /** May this seat be seen and heard now? */
  get allowed() {
    return this.#stream.view?.media.publish.includes("main") ?? false;
  }

  /** Does the server know of it? @param {boolean} seen */
  seen(seen) {
    this.#publisher?.seen(seen);
  }

  #send() {
    const { stream } = this.#devices;
    if (!this.allowed || !stream.getTracks().length) this.#close(!this.allowed);
    else if (!this.#publisher) this.#publisher = this.#publish(stream);
    else if (this.#publisher.stream !== stream) void this.#publisher.replace(stream);
  }

  /** @param {MediaStream} stream */
  #publish(stream) {
    /** @type {Publisher} */
    const publisher = new Publisher("main", {
      ...this.#options, stream, steal: !this.#elsewhere,
      onElsewhere: (elsewhere) => {
        this.#elsewhere = elsewhere;
        tellElsewhere(elsewhere, () => void publisher.here());
      },
    });
    return publisher;
  }

  /** @param {boolean} ended the server has ended it already */
  #close(ended) {
    this.#publisher?.close(ended);
    this.#publisher = null;
  }
}
