// What reaches this page of somebody: how much sound (energy, all connections together) and how bright the picture was,
// both since `arriving.reset()`. Also of connections that have ended since.
(() => {
  const LOOK_MS = 100;
  const connections = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...given) {
      super(...given);
      connections.push(this);
    }
  };
  const before = new Map();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [16, 9];
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const seen = { energy: 0, bright: 0 };
  async function look() {
    for (const [n, one] of connections.entries()) {
      for (const stats of (await one.getStats()).values()) {
        if (stats.type !== "inbound-rtp" || stats.kind !== "audio") continue;
        const key = `${n} ${stats.id}`;
        const last = before.get(key) ?? 0;
        seen.energy += Math.max(0, stats.totalAudioEnergy - last);
        before.set(key, stats.totalAudioEnergy);
      }
    }
    for (const video of document.querySelectorAll("[data-seat][data-source=main] video")) {
      if (!video.videoWidth) continue;
      brush.drawImage(video, 0, 0, 16, 9);
      const pixels = brush.getImageData(0, 0, 16, 9).data;
      seen.bright = Math.max(seen.bright, pixels[4 * 72 + 1]);
    }
  }
  setInterval(() => void look(), LOOK_MS);
  window.arriving = { seen, reset: () => Object.assign(seen, { energy: 0, bright: 0 }) };
})();
