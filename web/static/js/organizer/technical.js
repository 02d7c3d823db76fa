/**
 * The technical view: bitrate, loss and delay of each line, as the server measures them now.
 * @typedef {import("../view").Live} Live
 * @typedef {NonNullable<Live["technical"]>[number]} Measure
 */
import { openDialog } from "../lib/dialog.js";
import { $$, el, keyed, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const locale = document.documentElement.lang || "fr";
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });

/** @param {import("../lib/stream.js").RoomStream} stream */
export function openTechnical(stream) {
  const rows = el("tbody");
  const nothing = el("p", { class: "dim" }, t("Aucune caméra ni aucun micro n’arrive au serveur en ce moment."));
  const heads = [t("Qui"), t("Ligne"), t("Débit"), t("Pertes"), t("Délai")];
  const table = el("table", { class: "o-technical" },
    el("thead", null,
      el("tr", null, heads.map((words, n) => el("th", { scope: "col", class: n > 1 ? "num" : null }, words)))),
    rows);
  let open = true;
  openDialog({
    title: t("Vue technique"), broad: true, onClose: () => { open = false; },
    body: [el("p", { class: "small dim" },
      t("Mesuré par le serveur. Des pertes ou un délai qui montent se voient et s’entendent avant que la ligne ne "
        + "coupe.")),
      el("div", { class: "o-scroll", tabindex: 0, role: "region", "aria-label": t("Mesures par personne") }, table),
      nothing],
  });
  const draw = () => {
    const measures = stream.live.technical ?? [];
    show(table, measures.length);
    show(nothing, !measures.length);
    keyed(rows, measures, (one) => `${one.seat} ${one.role} ${one.source}`,
      () => el("tr", null, el("th", { scope: "row" }), el("td"), el("td", { class: "num" }), el("td", { class: "num" }),
        el("td", { class: "num" })),
      (node, one) => drawLine(node, one, stream));
  };
  stream.onLive(() => open && draw());
  draw();
}

/**
 * @param {HTMLElement} node
 * @param {Measure} one
 * @param {import("../lib/stream.js").RoomStream} stream
 */
function drawLine(node, one, stream) {
  const name = stream.view?.people.find((person) => person.seat === one.seat)?.name ?? "";
  const way = one.role === "publish"
    ? (one.source === "second" ? t("envoie l’image partagée") : t("envoie image et son"))
    : t("reçoit");
  const cells = [
    name, way, t("{n} kbit/s", { n: whole.format(one.bitrate / 1000) }), share.format(one.loss),
    one.rtt === null ? t("pas mesuré") : t("{n} ms", { n: whole.format(one.rtt) }),
  ];
  $$("th, td", node).forEach((cell, n) => text(cell, cells[n]));
}
