/**
 * Tells whoever has lost their camera or their microphone: what happened, that the others do not see or hear them, and
 * what to do. It goes by itself when there is one again, and says whether that one is open.
 * @typedef {import("./devices.js").Devices} Devices
 * @typedef {import("./closed.js").Kind} Kind
 */
import { tell, untell } from "./banner.js";
import { KINDS } from "./devices.js";
import { t } from "./i18n.js";

/** For these another device may do; the others are settled in the browser or in the system. */
const CHOOSE = new Set(["none", "lost", "busy", "muted"]);
/** What able.js has said above, on every page that needs a camera. */
const SAID_BY_THE_PAGE = new Set(["insecure", "unsupported"]);

/**
 * @param {Devices} devices
 * @param {object} options
 * @param {() => boolean} options.sent whether others are to see and hear this person now
 * @param {() => void} options.choose shows what there is to choose from
 * @param {() => boolean} [options.quiet] whether another place of the page says it now
 * @returns {() => void} call it when `sent` would answer otherwise
 */
export function tellLost(devices, { sent, choose, quiet = () => false }) {
  /** @type {Set<Kind>} */
  const lost = new Set();
  const draw = () => {
    for (const kind of KINDS) {
      const trouble = devices.trouble[kind];
      if (trouble && (quiet() || SAID_BY_THE_PAGE.has(trouble.cause))) untell(kind);
      else if (trouble) {
        lost.add(kind);
        untell(`${kind}-back`);
        const action = CHOOSE.has(trouble.cause) ? { words: t("Choisir"), run: choose }
          : { words: t("Réessayer"), run: () => void devices.choose(kind) };
        tell({
          id: kind, kind: "warn", icon: kind === "videoinput" ? "cam-off" : "mic-off", title: trouble.title,
          words: `${meaning(devices, kind, sent())} ${trouble.todo}`.trim(), action,
        });
      } else {
        untell(kind);
        if (lost.delete(kind) && devices.used(kind)) tellBack(devices, kind);
      }
      tellMoved(devices, kind);
    }
  };
  devices.onChange(draw);
  draw();
  return draw;
}

/**
 * What it means for the others.
 * @param {Devices} devices
 * @param {Kind} kind
 * @param {boolean} sent
 */
function meaning(devices, kind, sent) {
  const camera = kind === "videoinput";
  if (devices.state(kind) === "closed") {
    return camera ? t("Vous l’aviez fermée : elle le restera.") : t("Vous l’aviez fermé : il le restera.");
  }
  if (!sent) return "";
  return camera ? t("Les autres ne vous voient pas.") : t("Les autres ne vous entendent pas.");
}

/** @param {Devices} devices @param {Kind} kind */
function tellBack(devices, kind) {
  const camera = kind === "videoinput";
  const closed = devices.state(kind) === "closed";
  tell({
    id: `${kind}-back`, kind: "ok", icon: camera ? "cam" : "mic", receipt: true,
    title: camera ? t("Votre caméra est de nouveau là.") : t("Votre micro est de nouveau là."),
    words: camera ? (closed ? t("Elle est fermée, comme vous l’aviez laissée.") : t("Elle est ouverte."))
      : closed ? t("Il est fermé, comme vous l’aviez laissé.")
        : t("Il est ouvert."),
  });
}

/**
 * Another device stands in for the lost one: said, or somebody looks into a lens that is off.
 * @param {Devices} devices
 * @param {Kind} kind
 */
function tellMoved(devices, kind) {
  const moved = devices.moved[kind];
  if (!moved?.to) return untell(`${kind}-moved`);
  untell(`${kind}-back`);
  const { from, to } = moved;
  const camera = kind === "videoinput";
  tell({
    id: `${kind}-moved`, kind: "info", icon: camera ? "cam" : "mic",
    title: t("« {name} » n’est plus là.", { name: from }), close: true, onClose: () => { devices.moved[kind] = null; },
    words: camera ? t("Votre caméra est maintenant « {name} ».", { name: to })
      : t("Votre micro est maintenant « {name} ».", { name: to }),
  });
}
