/**
 * What the candidate is told of their time and of their room, under the bar: the jury cut off, what a cut took and what
 * became of it (X9), the organizer's warnings (R4.4).
 * @typedef {import("../view").Hearing} Hearing
 */
import { tell, untell } from "../lib/banner.js";
import { hour, t } from "../lib/i18n.js";

/** @param {import("../lib/stream.js").RoomStream} stream */
export function startTold(stream) {
  stream.onView(({ hearing }) => {
    if (!hearing) return;
    tellMissing(hearing);
    tellLost(hearing);
    tellWarnings(hearing);
  });
}

/** @param {Hearing} hearing */
function tellMissing({ missing, clock }) {
  if (missing !== "jury" && missing !== "president") return untell("jury-lost");
  tell({
    id: "jury-lost", kind: "warn", icon: "cut",
    title: missing === "jury" ? t("Le jury n’est plus connecté. Arrêtez-vous un instant.")
      : t("La connexion de la personne qui préside est coupée."),
    words: [
      missing === "jury" ? t("Restez sur cette page : il revient ici.") : t("Le reste du jury vous entend toujours."),
      clock?.paused ? t("Le temps est arrêté.") : t("Ce que cette coupure prend de votre temps est mesuré, et pourra "
        + "vous être rendu."),
    ].join(" "),
  });
}

/** @param {Hearing} hearing */
function tellLost({ lost_over_half: half, lost_time: said, stage }) {
  const last = said?.at(-1);
  if (stage !== "in_room" || (!half && !last)) return untell("lost-time");
  tell({
    id: "lost-time", kind: "info", icon: "clock", close: !half,
    title: half ? t("Une panne vous a pris plus de la moitié de votre temps.") : t("Votre temps"),
    words: half ? t("Vous n’y êtes pour rien. Le jury va recommencer l’épreuve, ou la reporter : ce qui précède ne "
      + "compte pas.") : last,
  });
}

/** @param {Hearing} hearing */
function tellWarnings({ warnings, stage }) {
  for (const one of warnings ?? []) {
    const id = `warning-${one.position}`;
    if (stage === "private" || stage === "over") untell(id);
    else if (!read.has(one.position)) tell({
      id, kind: "warn", icon: "alert", close: true, onClose: () => void read.add(one.position),
      title: t("Avertissement de l’organisation, à {hour}", { hour: hour(one.at) }),
      words: [one.words, t("C’est écrit au dossier. Ce n’est pas une sanction : personne n’a rien décidé.")]
        .filter(Boolean).join(" "),
    });
  }
}

/** @type {Set<number>} closed by the person */
const read = new Set();
