// A camera of its own for one page: what it shows is drawn, with a sensor's noise, and changed by `window.cameraShows`.
(() => {
  const SIZE = [1280, 720];
  const FRAMES_PER_SECOND = 8;
  const NOISE_LEVELS = 6;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = SIZE;
  const brush = canvas.getContext("2d");
  const grain = noise();
  let scene = { ground: "rgb(150, 160, 140)", pictures: [], still: false };

  function noise() {
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [SIZE[0] + 64, SIZE[1] + 64];
    const ink = sheet.getContext("2d");
    const pixels = ink.createImageData(sheet.width, sheet.height);
    for (let n = 0; n < pixels.data.length; n += 4) {
      pixels.data.fill(Math.random() < 0.5 ? 0 : 255, n, n + 3);
      pixels.data[n + 3] = Math.random() * NOISE_LEVELS;
    }
    ink.putImageData(pixels, 0, 0);
    return sheet;
  }

  function draw() {
    const { ground, pictures, still } = scene;
    if (still && scene.drawn) return brush.drawImage(scene.drawn, 0, 0);
    brush.fillStyle = ground;
    brush.fillRect(0, 0, ...SIZE);
    const seconds = performance.now() / 1000;
    for (const { image, x, y, width, height, sway } of pictures) {
      // Periods without a common measure: nothing comes back, as with anybody alive.
      const dx = sway * (Math.sin(seconds * 1.1) + 0.5 * Math.sin(seconds * 0.37 + 1) + 0.7 * Math.sin(seconds * 0.83));
      brush.drawImage(image, x + dx, y + sway * 0.6 * Math.sin(seconds * 1.7), width, height);
    }
    brush.drawImage(grain, -Math.random() * 64, -Math.random() * 64);
    if (still) {
      scene.drawn = document.createElement("canvas");
      [scene.drawn.width, scene.drawn.height] = SIZE;
      scene.drawn.getContext("2d").drawImage(canvas, 0, 0);
    }
  }

  window.cameraShows = async ({ ground = scene.ground, pictures, still = false }) => {
    const loaded = await Promise.all(pictures.map(async ({ url, ...place }) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      return { image, sway: 0, ...place };
    }));
    scene = { ground, pictures: loaded, still };
  };

  // What was negotiated can be asked of the connections themselves.
  const connections = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...given) {
      super(...given);
      connections.push(this);
    }
  };
  window.codecsSent = async () => {
    const found = new Set();
    for (const one of connections) {
      const report = await one.getStats();
      for (const stats of report.values()) {
        if (stats.type === "outbound-rtp" && stats.framesEncoded) found.add(report.get(stats.codecId)?.mimeType);
      }
    }
    return [...found];
  };

  if (!navigator.mediaDevices) return;
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async ({ video, audio }) => {
    const stream = audio ? await real({ audio }) : new MediaStream();
    if (video) stream.addTrack(canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks()[0]);
    return stream;
  };
  setInterval(draw, 1000 / FRAMES_PER_SECOND);
})();
