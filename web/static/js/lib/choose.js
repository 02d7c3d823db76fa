/**
 * Choosing the camera, the microphone and the loudspeaker: the same fields at the door and in every room.
 * @typedef {import("./devices.js").Devices} Devices
 * @typedef {import("./closed.js").Kind} Kind
 */
import { openDialog } from "./dialog.js";
import { $$, classes, el, icon, keyed, show, text } from "./dom.js";
import { KINDS } from "./devices.js";
import { t } from "./i18n.js";
import { loudspeaker } from "./loudspeaker.js";
import { followLevel, playNotes } from "./sound.js";

const BARS = 12;
let count = 0;

/**
 * One kind of device: which is used, in a list.
 * @param {Devices} devices
 * @param {Kind} kind
 * @param {{brief?: boolean}} [options] brief: its name is said elsewhere, and a list of one is none
 * @returns {{node: HTMLElement, draw: () => Promise<void>}}
 */
export function deviceField(devices, kind, { brief = false } = {}) {
  const { node, select } = field(kind === "videoinput" ? t("Caméra utilisée") : t("Micro utilisé"), brief);
  select.dataset.kind = kind;
  select.addEventListener("change", () => void devices.choose(kind, select.value));
  const draw = async () => {
    const choices = await devices.list(kind);
    fill(select, choices, devices.used(kind));
    show(node, choices.length > (brief ? 1 : 0));
  };
  devices.onChange(() => void draw());
  void draw();
  return { node, draw };
}

/**
 * Where the others are heard; where the browser lets no page choose, that is said.
 * @param {{brief?: boolean}} [options]
 */
export function loudspeakerField({ brief = false } = {}) {
  const { node, select } = field(t("Haut-parleur utilisé"), brief);
  const own = t("Celui du système");
  select.dataset.kind = "audiooutput";
  select.addEventListener("change", () => void loudspeaker.choose(select.value));
  const ask = el("button", { class: "btn", type: "button", on: { click: () => void loudspeaker.ask() } }, icon("sound"),
    t("Choisir le haut-parleur"));
  const why = el("p", { class: "small dim" },
    t("Ce navigateur ne laisse pas choisir le haut-parleur ici : choisissez-le dans les réglages de son de votre "
      + "appareil."));
  const draw = async () => {
    const choices = (await loudspeaker.list()).filter((one) => one.id !== "default");
    fill(select, [{ id: "", label: own }, ...choices], loudspeaker.used);
    show(node, loudspeaker.able && choices.length);
    show(ask, loudspeaker.asks);
    show(why, !loudspeaker.able && !brief);
  };
  loudspeaker.onChange(() => void draw());
  void draw();
  return { node: el("div", { class: "stack gap-2" }, node, ask, why), draw, stop: () => loudspeaker.offChange(draw) };
}

/**
 * All three in a dialog, with what stands against each, a level and three notes.
 * @param {Devices} devices
 */
export function openChoice(devices) {
  const parts = KINDS.map((kind) => part(devices, kind));
  const output = loudspeakerField();
  const meter = levelMeter(devices);
  const draw = () => {
    for (const one of parts) one.draw();
    meter.draw();
  };
  const { dialog } = openDialog({
    title: t("Caméra, micro et haut-parleur"),
    body: [el("div", { class: "stack" }, parts[0].node, parts[1].node, meter.node, output.node,
      el("div", { class: "row" },
        el("button", { class: "btn", type: "button", on: { click: () => void playNotes() } }, icon("play"),
          t("Écouter trois notes"))))],
    onClose: () => {
      devices.offChange(draw);
      meter.stop();
      output.stop();
    },
  });
  dialog.classList.add("devices");
  devices.onChange(draw);
  draw();
}

/** @param {Devices} devices @param {Kind} kind */
function part(devices, kind) {
  const { node } = deviceField(devices, kind);
  const title = el("strong");
  const words = el("p", { class: "small" });
  const retry = el("button",
    { class: "btn", type: "button", dataset: { retry: kind }, on: { click: () => void devices.choose(kind) } },
    icon("refresh"), kind === "videoinput" ? t("Réessayer la caméra") : t("Réessayer le micro"));
  const closed = el("p", { class: "small dim" });
  const against = el("div", { class: "stack gap-2", role: "status" }, title, words);
  return {
    node: el("div", { class: "stack gap-2" }, node, closed, against, retry),
    draw() {
      const trouble = devices.trouble[kind];
      text(title, trouble?.title);
      text(words, trouble?.todo);
      show(against, trouble);
      show(retry, trouble);
      show(closed, !trouble && devices.state(kind) === "closed");
      text(closed,
        kind === "videoinput" ? t("Vous l’avez fermée : en choisir une autre ne l’ouvre pas.")
          : t("Vous l’avez fermé : en choisir un autre ne l’ouvre pas."));
    },
  };
}

/** @param {Devices} devices */
function levelMeter(devices) {
  const bars = Array.from({ length: BARS }, () => el("i"));
  const node = el("div",
    {
      class: "meter", role: "meter", "aria-label": t("Niveau du micro"), "aria-valuemin": 0, "aria-valuemax": BARS,
      "aria-valuenow": 0,
    },
    ...bars);
  let followed = new MediaStream();
  let stop = () => {};
  return {
    node,
    draw() {
      show(node, devices.on("audioinput"));
      if (followed === devices.stream) return;
      followed = devices.stream;
      stop();
      stop = followLevel(followed, (level) => drawMeter(node, level));
    },
    stop: () => stop(),
  };
}

/** @param {HTMLElement} meter @param {number} level 0 to 1 */
export function drawMeter(meter, level) {
  const bars = $$("i", meter);
  const lit = Math.round(level * bars.length);
  bars.forEach((bar, n) => classes(bar, { on: n < lit }));
  meter.setAttribute("aria-valuenow", String(lit));
}

/** @param {string} words @param {boolean} brief */
function field(words, brief) {
  count += 1;
  const id = `device-${count}`;
  const select = el("select", { id });
  return {
    node: el("div", { class: "field", hidden: true }, el("label", { for: id, class: brief ? "vh" : null }, words),
      select),
    select,
  };
}

/**
 * Where none is used, the list says what it is for.
 * @param {HTMLSelectElement} select
 * @param {{id: string, label: string}[]} choices
 * @param {string} used
 */
function fill(select, choices, used) {
  const listed = choices.some((one) => one.id === used) ? choices
    : [{ id: "", label: t("Choisir dans la liste") }, ...choices];
  keyed(select, listed, (one) => one.id, (one) => el("option", { value: one.id }, one.label),
    (node, one) => text(node, one.label));
  if (select.value !== used) select.value = used;
}
