/** Is there light on the face? Measured on a thumbnail of one's own picture, here, once a second. */
import { settings } from "./page.js";

/**
 * @typedef {"good" | "dark" | "backlit"} Light
 * @typedef {{face: number, behind: number}} Lit grey levels (0..255) of the middle, where the face is, and by how much
 *   the sides are brighter: a window behind
 */

const WIDTH = 32;
const HEIGHT = 18;
const LOOK_MS = 1000;

/**
 * @param {MediaStream} stream
 * @param {(light: Light, lit: Lit) => void} listener
 * @returns {() => void} stops
 */
export function followLight(stream, listener) {
  if (!stream.getVideoTracks().length) return () => {};
  const video = playing(stream);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const timer = setInterval(() => {
    if (!brush || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    brush.drawImage(video, 0, 0, WIDTH, HEIGHT);
    const lit = litOf(brush.getImageData(0, 0, WIDTH, HEIGHT).data, WIDTH);
    listener(lightOf(lit), lit);
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    video.srcObject = null;
  };
}

/** The pictures of a stream, for measuring alone. @param {MediaStream} stream */
export function playing(stream) {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream(stream.getVideoTracks());
  void video.play().catch(() => {});
  return video;
}

/**
 * @param {ArrayLike<number>} pixels RGBA, row by row
 * @param {number} width
 * @returns {Lit}
 */
export function litOf(pixels, width) {
  let [middle, inMiddle, sides, onSides] = [0, 0, 0, 0];
  for (let n = 0; n < pixels.length / 4; n += 1) {
    const luma = greyOf(pixels, n);
    const x = (n % width) / width;
    if (x > 0.3 && x < 0.7) [middle, inMiddle] = [middle + luma, inMiddle + 1];
    else [sides, onSides] = [sides + luma, onSides + 1];
  }
  return { face: middle / inMiddle, behind: sides / onSides - middle / inMiddle };
}

/**
 * @param {Lit} lit
 * @param {Lit} limits the least `face`, the most `behind`
 * @returns {Light}
 */
export function lightOf({ face, behind }, limits = settings.light) {
  if (behind > limits.behind) return "backlit";
  return face < limits.face ? "dark" : "good";
}

/** @param {ArrayLike<number>} pixels RGBA @param {number} n which pixel */
export function greyOf(pixels, n) {
  return 0.2126 * pixels[4 * n] + 0.7152 * pixels[4 * n + 1] + 0.0722 * pixels[4 * n + 2];
}
