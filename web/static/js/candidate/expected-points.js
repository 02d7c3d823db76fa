/**
 * What the règlement expects of the presentation (R3.3), at hand in the waiting room and while the candidate presents.
 */
import { openDialog } from "../lib/dialog.js";
import { $, el, show } from "../lib/dom.js";
import { official, officialNote, t } from "../lib/i18n.js";

/** @param {import("../lib/stream.js").RoomStream} stream */
export function startPoints(stream) {
  for (const button of document.querySelectorAll("[data-points]")) {
    button.addEventListener("click", () => void openDialog({
      title: t("Les points attendus dans votre présentation"),
      body: [
        el("ol", { class: "lines", ...official },
          ...(stream.view?.hearing?.points ?? []).map((words) => el("li", null, words))),
        ...(officialNote() ? [el("p", { class: "small dim" }, officialNote())] : []),
      ],
    }));
  }
  stream.onView(({ hearing }) => show($("#room-points"), hearing?.phase === "presentation"));
}
