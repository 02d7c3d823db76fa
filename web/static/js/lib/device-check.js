/**
 * Camera, microphone, loudspeaker, light: each in words, in the list of templates/macros/check.html. Everything is
 * measured here; nothing is sent.
 */
import { announce } from "./announce.js";
import { deviceField, drawMeter, loudspeakerField } from "./choose.js";
import { $, $$, classes, setIcon, show, text } from "./dom.js";
import { t } from "./i18n.js";
import { followLight } from "./light.js";
import { followLevel, playNotes } from "./sound.js";

/**
 * @typedef {import("./devices.js").Devices} Devices
 * @typedef {import("./closed.js").Kind} Kind
 * @typedef {import("./light.js").Light} Light
 */

const WORDS = {
  dark: () => t("Il fait sombre. Allumez une lampe devant vous."),
  backlit: () => t("La lumière est derrière vous. Tournez-vous vers la fenêtre, ou baissez le store."),
  good: () => t("On vous voit bien."),
};

export class DeviceCheck {
  /** The microphone in use has caught something. */
  heard = false;
  /** What the person says of the notes; null: nothing yet. @type {boolean | null} */
  sound = null;
  /** The last that was measured. @type {import("./light.js").Lit | null} */
  lit = null;
  #devices;
  #stopLevel = () => {};
  #stopLight = () => {};

  /** @param {Devices} devices */
  constructor(devices) {
    this.#devices = devices;
    devices.onChange((media) => this.#follow(media));
    for (const place of $$("[data-choose]")) {
      const kind = place.dataset.choose;
      place.append((kind === "audiooutput" ? loudspeakerField({ brief: true })
        : deviceField(devices, /** @type {Kind} */ (kind), { brief: true })).node);
    }
    for (const button of $$("[data-retry]")) {
      button.addEventListener("click", () => void devices.choose(/** @type {Kind} */ (button.dataset.retry)));
    }
    this.#listen();
  }

  /** @param {MediaStream} media */
  #follow(media) {
    this.#stopLevel();
    this.#stopLight();
    this.lit = null;
    drawCamera(this.#devices);
    this.#stopLevel = followLevel(media, (level, heard) => {
      this.heard = heard;
      drawLevel(this.#devices, level, heard);
    });
    this.#stopLight = followLight(media, (light, lit) => {
      this.lit = lit;
      drawLight(light);
    });
  }

  #listen() {
    const [yes, no] = [$("#sound-yes"), $("#sound-no")];
    $("#sound-play").addEventListener("click", async () => {
      await playNotes();
      show(yes, true);
      show(no, true);
    });
    yes.addEventListener("click", () => {
      this.sound = true;
      point("check-sound", "ok", t("Haut-parleur : vous entendez"), "");
    });
    no.addEventListener("click", () => {
      this.sound = false;
      point("check-sound", "warn", t("Haut-parleur : rien pour l’instant"),
        t("Montez le son de l’ordinateur, vérifiez le casque ou la sortie choisie, puis écoutez de nouveau."));
    });
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

/** @param {Light} light */
function drawLight(light) {
  const good = light === "good";
  point("check-light", good ? "ok" : "warn", good ? t("Lumière : bonne") : t("Lumière : à améliorer"), WORDS[light]());
}

const ICONS = { ok: "check-o", warn: "alert", bad: "alert", "": "" };

/**
 * One line of such a list.
 * @param {string} id
 * @param {"" | "ok" | "warn" | "bad"} kind
 * @param {string} title
 * @param {string} words
 */
export function point(id, kind, title, words) {
  const node = $(`#${id}`);
  const svg = /** @type {Element} */ (node.querySelector(":scope > svg"));
  classes(svg, { ok: kind === "ok", warn: kind === "warn", bad: kind === "bad" });
  if (kind) setIcon(svg, ICONS[kind]);
  const news = text($("h3", node), title);
  text($("p", node), words);
  if (kind && news) announce(`${title}. ${words}`);
}
