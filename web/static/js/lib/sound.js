/** How loud the microphone is, and three notes to try the loudspeaker. */

import { loudspeaker } from "./loudspeaker.js";

/** Below this a microphone catches nothing but its own noise (share of full scale, RMS). */
const HEARD = 0.01;
const NOTES = [523.25, 659.25, 783.99];
const NOTE_S = 0.35;
const LOOK_MS = 60;

/** @type {AudioContext | undefined} */
let shared;

function context() {
  shared ??= new AudioContext();
  if (shared.state === "suspended") void shared.resume();
  return shared;
}

/**
 * Follows a microphone's level.
 * @param {MediaStream} stream
 * @param {(level: number, heard: boolean) => void} listener level 0 to 1 as the ear counts it; heard: something was,
 *   since the start
 * @returns {() => void} stops
 */
export function followLevel(stream, listener) {
  if (!stream.getAudioTracks().length) {
    listener(0, false);
    return () => {};
  }
  const source = context().createMediaStreamSource(new MediaStream(stream.getAudioTracks()));
  const analyser = context().createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let heard = false;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const loudness = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    heard ||= loudness > HEARD;
    listener(levelOf(loudness), heard);
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    source.disconnect();
  };
}

/**
 * From -60 dB (0) to -6 dB (1).
 * @param {number} rms share of full scale
 */
export function levelOf(rms) {
  if (rms <= 0) return 0;
  return Math.min(1, Math.max(0, (20 * Math.log10(rms) + 60) / 54));
}

/** Plays three notes. @returns {Promise<void>} when they are over */
export function playNotes() {
  const audio = context();
  const out = loudspeaker.out(audio);
  NOTES.forEach((frequency, n) => {
    const start = audio.currentTime + n * NOTE_S;
    const gain = audio.createGain();
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.25, start + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S);
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain).connect(out);
    tone.start(start);
    tone.stop(start + NOTE_S);
  });
  return new Promise((resolve) => setTimeout(resolve, NOTES.length * NOTE_S * 1000));
}
