/** Step 2 at the door: camera, microphone, loudspeaker, light. Everything is measured here; nothing is sent. */
import { announce } from "../lib/announce.js";
import { deviceField, drawMeter, loudspeakerField } from "../lib/choose.js";
import { confirmed } from "../lib/dialog.js";
import { $, $$, classes, setIcon, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { SelfView } from "../lib/selfview.js";
import { act } from "../lib/sending/act.js";
import { followLevel, playNotes } from "../lib/sound.js";
import { followLight } from "./light.js";

/** @typedef {import("../lib/devices.js").Devices} Devices */
/** @typedef {import("../lib/closed.js").Kind} Kind */

const WORDS = {
  dark: () => t("Il fait sombre. Allumez une lampe devant vous."),
  backlit: () => t("La lumière est derrière vous. Tournez-vous vers la fenêtre, ou baissez le store."),
  good: () => t("On vous voit bien."),
};

/**
 * @param {import("../lib/stream.js").RoomStream} stream
 * @param {Devices} devices
 * @param {{back: () => void, done: () => void}} go
 */
export function startCheck(stream, devices, go) {
  $("#check-self").append(new SelfView(devices, {
    label: t("Votre image, en miroir"), hint: t("Personne d’autre ne la voit pour l’instant"), why: false,
  }).element);
  let stopLevel = () => {};
  let stopLight = () => {};
  devices.onChange((media) => {
    stopLevel();
    stopLight();
    drawCamera(devices);
    stopLevel = followLevel(media, (level, heard) => drawLevel(devices, level, heard));
    stopLight = followLight(media, drawLight);
  });
  for (const place of $$("[data-choose]")) {
    const kind = place.dataset.choose;
    place.append((kind === "audiooutput" ? loudspeakerField({ brief: true })
      : deviceField(devices, /** @type {Kind} */ (kind), { brief: true })).node);
  }
  for (const button of $$("[data-retry]")) {
    button.addEventListener("click", () => void devices.choose(/** @type {Kind} */ (button.dataset.retry)));
  }
  startSound();
  $("#check-back").addEventListener("click", go.back);
  $("#check-done").addEventListener("click", (event) => void enter(/** @type {HTMLElement} */ (event.currentTarget)));

  /** @param {HTMLElement} button */
  async function enter(button) {
    const hearing = stream.view?.hearing;
    if (!hearing) return;
    const missing = devices.trouble.videoinput ?? devices.trouble.audioinput;
    if (missing && !await confirmed({
      title: missing.title,
      words: t("Le jury doit vous voir et vous entendre. Vous pouvez attendre quand même ; "
        + "signalez-le avec le bouton « Aide », l’organisateur vous aidera."),
      yes: t("Attendre quand même"), no: t("Réessayer d’abord"),
    })) return;
    if (hearing.waiting) return go.done();
    const answer = await act(button, "EnterWaitingRoom", { hearing: hearing.id },
      { near: /** @type {HTMLElement} */ (button.parentElement) });
    if (answer?.ok) go.done();
  }
}

/** @param {Devices} devices */
function drawCamera(devices) {
  const trouble = devices.trouble.videoinput;
  const on = devices.on("videoinput");
  point("check-camera", on ? "ok" : trouble ? "bad" : "",
    on ? t("Caméra : elle marche") : trouble?.title ?? t("La caméra s’ouvre…"),
    on ? t("Placez votre visage au milieu de l’image.") : trouble?.todo ?? "");
  show($("[data-retry=videoinput]"), trouble);
  const silent = devices.trouble.audioinput;
  show($("[data-retry=audioinput]"), silent);
  show($("#check-mic .meter"), !silent);
  if (silent) {
    point("check-mic", "bad", silent.title,
      trouble && silent.todo === trouble.todo
        ? t("Faites comme pour la caméra : c’est le même réglage.")
        : silent.todo);
  }
}

/**
 * @param {Devices} devices
 * @param {number} level
 * @param {boolean} heard
 */
function drawLevel(devices, level, heard) {
  drawMeter($("#check-mic .meter"), level);
  if (devices.trouble.audioinput) return;
  point("check-mic", heard ? "ok" : "", heard ? t("Micro : on vous entend") : t("Micro : dites quelques mots"),
    heard ? t("La barre bouge quand vous parlez.")
      : t("La barre doit bouger. Si elle reste vide, choisissez un autre micro."));
}

/** @param {keyof typeof WORDS} light */
function drawLight(light) {
  const good = light === "good";
  point("check-light", good ? "ok" : "warn", good ? t("Lumière : bonne") : t("Lumière : à améliorer"), WORDS[light]());
}

function startSound() {
  const [yes, no] = [$("#sound-yes"), $("#sound-no")];
  $("#sound-play").addEventListener("click", async () => {
    await playNotes();
    show(yes, true);
    show(no, true);
  });
  yes.addEventListener("click", () => point("check-sound", "ok", t("Haut-parleur : vous entendez"), ""));
  no.addEventListener("click",
    () => point("check-sound", "warn", t("Haut-parleur : rien pour l’instant"),
      t("Montez le son de l’ordinateur, vérifiez le casque ou la sortie choisie, puis écoutez de nouveau.")));
}

const ICONS = { ok: "check-o", warn: "alert", bad: "alert", "": "" };

/**
 * @param {string} id
 * @param {"" | "ok" | "warn" | "bad"} kind
 * @param {string} title
 * @param {string} words
 */
function point(id, kind, title, words) {
  const node = $(`#${id}`);
  const svg = /** @type {Element} */ (node.querySelector(":scope > svg"));
  classes(svg, { ok: kind === "ok", warn: kind === "warn", bad: kind === "bad" });
  if (kind) setIcon(svg, ICONS[kind]);
  const news = text($("h3", node), title);
  text($("p", node), words);
  if (kind && news) announce(`${title}. ${words}`);
}
