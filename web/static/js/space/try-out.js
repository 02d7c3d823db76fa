/**
 * A try-out before the day: browser, camera, light, a card, microphone, loudspeaker, and the way to the server and back
 * (X4). What was found goes to the server at the end, all at once; the page then shows what it makes of it.
 */
import { announce } from "../lib/announce.js";
import { ClosedDevices } from "../lib/closed.js";
import { DeviceCheck, point } from "../lib/device-check.js";
import { Devices } from "../lib/devices.js";
import { $, show, text } from "../lib/dom.js";
import { t, tn } from "../lib/i18n.js";
import { Loop } from "../lib/media/loop.js";
import { seatPath, settings } from "../lib/page.js";
import { SelfView } from "../lib/selfview.js";
import { busy, pressed } from "../lib/sending/act.js";
import { answerOf, post } from "../lib/sending/post.js";
import { cardSharpness } from "../lib/sharpness.js";
import { newKey } from "../lib/within.js";

/** @typedef {import("../lib/sending/post.js").Answer} Answer */

const pace = settings.try_out;
const card = document.getElementById("try-card");
// What was closed in a room is closed there: here everything is to be tried.
const devices = new Devices({ large: true, closed: new ClosedDevices({ store: null, send: null }) });
const check = new DeviceCheck(devices);
/** @type {number | null} */
let sharpness = null;
/** The person was told once that no card was shown, and goes on without. */
let withoutCard = false;

$("#try-self").append(new SelfView(devices, {
  label: t("Votre image, en miroir"), hint: t("Personne d’autre ne la voit"), why: false,
}).element);
show($("#try-begin"), true);
$("#try-start").addEventListener("click", () => {
  show($("#try-begin"), false);
  show($("#try"), true);
  $("#try-title").focus();
  drawBrowser();
  void devices.open();
});
card?.querySelector("button")?.addEventListener("click", (event) =>
  void busy(/** @type {HTMLElement} */ (event.currentTarget), readCard));
$("#try-done").addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  if (!lacking()) void pressed(button, finish, $("#try-near"));
});

/** WebRTC may be there and refuse. */
function talks() {
  try {
    new RTCPeerConnection().close();
    return true;
  } catch {
    return false;
  }
}

function drawBrowser() {
  const able = talks();
  point("try-browser", able ? "ok" : "bad",
    able ? t("Navigateur : il convient") : t("Navigateur : la vidéo en direct y est coupée"),
    able ? t("Le jour venu, revenez avec le même, sur le même appareil.")
      : t("Un réglage, une extension ou votre organisme l’empêche. Essayez un autre navigateur, ou un téléphone."));
}

async function readCard() {
  point("try-card", "", t("Carte : ne bougez plus…"), t("Nous regardons si elle se lirait."));
  sharpness = await cardSharpness(devices.stream);
  if (sharpness === null) {
    return point("try-card", "warn", t("Carte : pas d’image"), t("Ouvrez d’abord votre caméra, puis recommencez."));
  }
  const sharp = sharpness >= pace.sharpness;
  point("try-card", sharp ? "ok" : "warn", sharp ? t("Carte : elle se lirait bien") : t("Carte : l’image est floue"),
    sharp ? t("Le jour venu, vous montrerez de même votre pièce d’identité.")
      : t("Nettoyez l’objectif, approchez la carte sans la bouger, éclairez-la mieux, puis recommencez."));
}

/** What the person has still to say or do, told beside the button. */
function lacking() {
  if (check.sound === null) {
    $("#sound-play").focus();
    return tell(t("Écoutez d’abord les trois notes, et dites si vous les entendez."));
  }
  if (card && sharpness === null && devices.on("videoinput") && !withoutCard) {
    withoutCard = true;
    $("#try-card-there").focus();
    return tell(t("Montrez d’abord une carte à la caméra ; ou terminez sans, et l’essai sera à refaire."));
  }
  tell("");
  return false;
}

/** @param {string} words */
function tell(words) {
  text($("#try-lacking"), words);
  announce(words);
  return true;
}

/** @returns {Promise<Answer>} */
async function finish() {
  const { sending, line, refusal } = await tryTheWay();
  if (refusal) return { ok: false, status: 0, refusal };
  const found = { live_video: talks(), camera: camera(), heard: heard(), sound: check.sound === true, line };
  const { status, body } = await post(seatPath.replace(/\/$/, ""), found, { headers: { "Idempotency-Key": newKey() } });
  sending?.close();
  const answer = answerOf(status, body, status === 0
    ? t("Le résultat n’est pas arrivé au serveur : la connexion a manqué. Recommencez l’essai.") : undefined);
  if (answer.ok) {
    devices.stop();
    location.assign(`${seatPath.replace(/\/$/, "")}?done=tried`);
  }
  return answer;
}

/**
 * What is sent stays open until the server was asked what it saw of it.
 * @returns {Promise<{sending: Loop | null, line: import("../lib/media/loop.js").Returned | null, refusal: string}>}
 */
async function tryTheWay() {
  if (!devices.stream.getTracks().length || !talks()) return { sending: null, line: null, refusal: "" };
  const { status, body } = await post(`${seatPath}room`, {});
  const opened = answerOf(status, body, status === 0
    ? t("Le serveur ne répond pas : vérifiez la connexion, puis recommencez.") : undefined);
  if (!opened.ok) return { sending: null, line: null, refusal: opened.refusal };
  const seconds = Math.round((pace.settle_ms + pace.measure_ms) / 1000);
  point("try-network", "", t("Réseau : l’essai est en cours…"),
    tn("Encore {n} seconde environ. Parlez, bougez un peu.", "Encore {n} secondes environ. Parlez, bougez un peu.",
      seconds));
  show($("#try-back"), true);
  const sending = new Loop(devices.stream, pace.seat, /** @type {HTMLVideoElement} */ ($("#try-back video")));
  const line = await sending.run(pace);
  show($("#try-back"), false);
  if (sending.elsewhere) {
    sending.close();
    return { sending: null, line: null, refusal: t("L’essai se fait maintenant dans un autre onglet.") };
  }
  point("try-network", line ? "ok" : "bad", line ? t("Réseau : l’image revient") : t("Réseau : rien ne passe"), "");
  return { sending, line, refusal: "" };
}

/** As the journal holds it: whole numbers. */
function camera() {
  const { width } = devices.stream.getVideoTracks()[0]?.getSettings() ?? {};
  const lit = check.lit;
  if (!width || !lit) return null;
  return { width, brightness: Math.round(lit.face), behind: Math.round(lit.behind), sharpness };
}

function heard() {
  return devices.stream.getAudioTracks().length ? check.heard : null;
}
