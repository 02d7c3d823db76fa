/**
 * Who attends in person (X13): told in words, with the way to say so, or to be at one's own camera again.
 * @typedef {import("../view").View} View
 * @typedef {import("../view").Hearing} Hearing
 */
import { tell, untell } from "./banner.js";
import { openDialog } from "./dialog.js";
import { classes, el } from "./dom.js";
import { t } from "./i18n.js";
import { act } from "./sending/act.js";

/** Kept from the page's own controls: nothing of one's own is sent from here. */
const CLASS = "is-on-site";

/** @param {import("./stream.js").RoomStream} stream */
export function followOnSite(stream) {
  stream.onView((view) => {
    const { hearing } = view;
    classes(document.body, { [CLASS]: hearing?.on_site });
    if (!hearing || hearing.stage === "over" || hearing.mode === "remote") return untell("on-site");
    if (hearing.on_site) return tellHere(hearing);
    tell({
      id: "on-site", kind: "info", icon: "user", title: t("Cette épreuve se tient aussi sur place."),
      words: t("Si vous êtes dans la salle, dites-le : votre caméra et votre micro ne servent pas."), silent: true,
      action: { words: t("Je suis sur place"), run: () => choose(view) },
    });
  });
}

/** @param {Hearing} hearing */
function tellHere(hearing) {
  const shown = hearing.at_camera
    ? t("La caméra de {name} vous montre. Si son ordinateur joue déjà le son de la salle, coupez celui du vôtre.",
      { name: hearing.at_camera })
    : t("Votre caméra et votre micro ne sont pas utilisés. Tout se dit dans la salle.");
  const back = (/** @type {HTMLElement} */ button) => void act(button, "SitApart");
  tell({
    id: "on-site", kind: "info", icon: "user", title: t("Vous êtes sur place : sans caméra ni micro."), words: shown,
    silent: true,
    ...(hearing.mode === "mixed" ? { action: { words: t("Me remettre devant ma caméra"), run: back } } : {}),
  });
}

/** Whose camera shows them, if any does. @param {View} view */
function choose(view) {
  const others = view.people.filter((one) => !one.you && ["candidate", "juror", "aid"].includes(one.role));
  const near = el("div", null);
  /** @type {() => void} */
  let close = () => {};
  /** @param {string | null} camera @param {string} words */
  const choice = (camera, words) => el("button", {
    class: "btn", type: "button",
    on: {
      click: async (/** @type {Event} */ event) => {
        const answer = await act(/** @type {HTMLElement} */ (event.currentTarget), "SitOnSite", { camera }, { near });
        if (answer?.ok) close();
      },
    },
  }, words);
  ({ close } = openDialog({
    title: t("Quelle caméra vous montre ?"),
    body: [
      el("p", null, t("Plusieurs personnes peuvent être assises devant la même caméra, chacune avec sa page.")),
      el("div", { class: "stack" }, choice(null, t("Aucune")),
        ...others.map((one) => choice(one.seat, t("Celle de {name}", { name: one.name })))),
      near,
    ],
  }));
}
