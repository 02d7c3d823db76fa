/** A phone that films at a seat: its camera as the seat's second source, until somebody stops it. */
import { $, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { PIECE, Publisher } from "../lib/media/publisher.js";
import { seatPath } from "../lib/page.js";
import { troubleOf, wordsOf } from "../lib/device-trouble.js";

/** @typedef {import("../lib/media/link.js").LinkState} LinkState */

const preview = /** @type {HTMLVideoElement} */ ($("#phone-preview"));

let facing = "environment";
/** @type {Publisher | null} */
let publisher = null;
let over = false;

/** @returns {Record<LinkState, [string, string]>} */
const said = () => ({
  connecting: [t("Connexion…"), ""],
  waiting: [t("Connexion…"), ""],
  connected: [
    t("Le jury voit cette image."),
    t("Tenez le téléphone sans bouger, assez près de la pièce. Le son ne part pas d’ici."),
  ],
  interrupted: [t("La connexion revient…"), t("Gardez cette page ouverte : l’image repart seule.")],
  refused: [
    t("Le jury ne regarde pas cette image pour le moment."),
    t("Gardez cette page ouverte : l’image part dès que c’est possible."),
  ],
  out: [
    t("Ce téléphone ne filme plus pour l’épreuve."),
    t("Pour filmer de nouveau, choisissez « Filmer la pièce » sur l’ordinateur, et lisez le nouveau code."),
  ],
  unable: [
    t("La vidéo en direct est coupée dans ce navigateur : ni image ni son n’y passent."),
    t("Un réglage, une extension ou votre organisme l’empêche. "
      + "Lisez le code avec un autre navigateur, ou un autre téléphone."),
  ],
  closed: [t("Ce téléphone ne filme plus pour l’épreuve."), t("Vous pouvez fermer cette page.")],
});

/** @param {LinkState} state */
function tell(state) {
  if (over) return;
  const [title, words] = said()[state];
  text($("#phone-state"), title);
  text($("#phone-words"), words);
  if (state === "out" || state === "closed") finish();
}

function finish() {
  over = true;
  for (const track of publisher?.stream.getTracks() ?? []) track.stop();
  preview.srcObject = null;
  for (const id of ["phone-turn", "phone-retry", "phone-stop"]) show($(`#${id}`), false);
}

/** One question to the phone at a time. */
let asking = false;

async function film() {
  if (asking || over) return;
  asking = true;
  show($("#phone-retry"), false);
  try {
    // A phone has one camera open at a time: the one before is let go first.
    for (const track of publisher?.stream.getTracks() ?? []) track.stop();
    const stream = await navigator.mediaDevices.getUserMedia({ video: { ...PIECE, facingMode: { ideal: facing } } });
    // Stopped while the phone was asking: it stays stopped.
    if (over) return stream.getTracks().forEach((track) => track.stop());
    stream.getVideoTracks()[0].addEventListener("ended", () => lost(stream));
    preview.srcObject = stream;
    if (publisher) await publisher.replace(stream);
    else publisher = new Publisher("second", { stream, detail: true, onState: tell });
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
    show($("#phone-turn"), cameras.length > 1);
    await navigator.wakeLock?.request("screen").catch(() => {});
    if (publisher.state === "connected") tell("connected");
  } catch (error) {
    if (!over) against(await troubleOf(error, "videoinput"));
  } finally {
    asking = false;
  }
}

/** Taken back by the phone, or by another application. @param {MediaStream} stream */
function lost(stream) {
  if (!over && preview.srcObject === stream) against(wordsOf("lost", "videoinput"));
}

/** @param {import("../lib/device-trouble.js").Trouble} trouble */
function against({ title, todo }) {
  text($("#phone-state"), title);
  text($("#phone-words"), todo);
  show($("#phone-retry"), true);
}

$("#phone-retry").addEventListener("click", () => void film());
$("#phone-turn").addEventListener("click", () => {
  facing = facing === "environment" ? "user" : "environment";
  void film();
});
$("#phone-stop").addEventListener("click", () => {
  publisher?.close();
  tell("closed");
  finish();
  void fetch(seatPath, { method: "DELETE", keepalive: true }).catch(() => {});
});
void film();
