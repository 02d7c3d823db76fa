/** The waiting room: who the jury is, what will happen, what to do if the line is cut. */
import { $, classes, el, icon, keyed, setIcon, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { SelfView } from "../lib/selfview.js";

/**
 * @param {import("../lib/stream.js").RoomStream} stream
 * @param {import("../lib/devices.js").Devices} devices
 * @param {{check: () => void}} go
 */
export function startWaiting(stream, devices, go) {
  $("#waiting-self").append(new SelfView(devices).element);
  $("#waiting-check").addEventListener("click", go.check);
  stream.onView((view) => {
    const jurors = view.people.filter((one) => one.role === "juror" && !one.recused);
    keyed($("#jury-list"), jurors, (one) => one.seat, () => el("li", { class: "member" },
      el("span", { class: "initials", "aria-hidden": "true" }), el("strong"), el("p", { class: "small dim" }),
      el("span", { class: "state" }, icon("clock"), el("span"))), (node, one) => {
      text($(".initials", node), one.initials);
      text($("strong", node), one.name);
      text($("p", node), one.role_words);
      const state = $(".state", node);
      classes(state, { ok: one.present });
      setIcon($("svg", state), one.present ? "check-o" : "clock");
      text($("span", state), one.present ? t("déjà là") : t("pas encore là"));
    });
    keyed($("#plan"), view.hearing?.steps ?? [], (step) => step.words, () => el("li", null, el("b"), el("span"), el("p")), (node, step) => {
      text($("b", node), step.words);
      text($("span", node), step.lasts);
      text($("p", node), step.about);
    });
  });
}
