/** Is there light on the face? Measured on a thumbnail of one's own picture, here, once a second. */

/** @typedef {"good" | "dark" | "backlit"} Light */

const WIDTH = 32;
const HEIGHT = 18;
const LOOK_MS = 1000;
/** Mean brightness (0..255) under which a face is not recognised by people either. */
const DARK = 50;
/** The sides this much brighter than the middle, where the face is: a window behind. */
const AGAINST = 60;

/**
 * @param {MediaStream} stream
 * @param {(light: Light) => void} listener
 * @returns {() => void} stops
 */
export function followLight(stream, listener) {
  if (!stream.getVideoTracks().length) return () => {};
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream(stream.getVideoTracks());
  void video.play().catch(() => {});
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const timer = setInterval(() => {
    if (!brush || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    brush.drawImage(video, 0, 0, WIDTH, HEIGHT);
    listener(lightOf(brush.getImageData(0, 0, WIDTH, HEIGHT).data, WIDTH));
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    video.srcObject = null;
  };
}

/**
 * @param {ArrayLike<number>} pixels RGBA, row by row
 * @param {number} width
 * @returns {Light}
 */
export function lightOf(pixels, width) {
  let [middle, inMiddle, sides, onSides] = [0, 0, 0, 0];
  for (let n = 0; n < pixels.length / 4; n += 1) {
    const luma = 0.2126 * pixels[4 * n] + 0.7152 * pixels[4 * n + 1] + 0.0722 * pixels[4 * n + 2];
    const x = (n % width) / width;
    if (x > 0.3 && x < 0.7) [middle, inMiddle] = [middle + luma, inMiddle + 1];
    else [sides, onSides] = [sides + luma, onSides + 1];
  }
  const face = middle / inMiddle;
  if (sides / onSides - face > AGAINST) return "backlit";
  return face < DARK ? "dark" : "good";
}
