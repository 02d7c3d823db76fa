/** Would a card that is held up be read? How sharp the middle of one's own picture is, measured here. */
import { greyOf, playing } from "./light.js";

/** Of the picture, where the card is held. */
const SHARE = 0.5;
const LOOKS = 8;
const APART_MS = 250;

/**
 * The best of some pictures: nobody holds a card still at once.
 * @param {MediaStream} stream
 * @returns {Promise<number | null>} null where no picture came
 */
export async function cardSharpness(stream) {
  if (!stream.getVideoTracks().length) return null;
  const video = playing(stream);
  /** @type {number | null} */
  let best = null;
  for (let look = 0; look < LOOKS; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) best = Math.max(best ?? 0, sharpnessOfMiddle(video));
  }
  video.srcObject = null;
  return best === null ? null : Math.round(best);
}

/** Pixel for pixel: made smaller, a blurred card would look sharp. @param {HTMLVideoElement} video */
function sharpnessOfMiddle(video) {
  const [width, height] = [video.videoWidth, video.videoHeight].map((one) => Math.max(3, Math.round(one * SHARE)));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  if (!brush) return 0;
  const [left, top] = [(video.videoWidth - width) / 2, (video.videoHeight - height) / 2];
  brush.drawImage(video, left, top, width, height, 0, 0, width, height);
  const { data } = brush.getImageData(0, 0, width, height);
  return sharpnessOf(Array.from({ length: width * height }, (_, n) => greyOf(data, n)), width);
}

/**
 * The variance of the Laplacian.
 * @param {ArrayLike<number>} grey row by row
 * @param {number} width
 */
export function sharpnessOf(grey, width) {
  const height = grey.length / width;
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const n = y * width + x;
      const edge = grey[n - 1] + grey[n + 1] + grey[n - width] + grey[n + width] - 4 * grey[n];
      [sum, squares, count] = [sum + edge, squares + edge * edge, count + 1];
    }
  }
  return count ? squares / count - (sum / count) ** 2 : 0;
}
