/**
 * Where each picture goes for somebody who only watches: what is shown or the candidate large, the others in a strip.
 * @typedef {import("../view").Person} Person
 */
import { $, classes, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/**
 * Says in #between why there is nobody to look at, in place of an empty stage.
 * @param {import("../view").View} view
 * @param {boolean} shut behind closed doors: the page says so elsewhere
 * @returns {boolean} whether there is nobody to look at
 */
export function drawBetween({ hearing, media }, shut) {
  const nobody = !shut && !media.view.length;
  show($("#between"), nobody);
  text($("#between p"), hearing?.expected ?? t("Aucune épreuve n’est en cours."));
  return nobody;
}

/**
 * The `place` of a Stage over #stage-large and #stage-strip.
 * @param {import("../lib/stream.js").RoomStream} stream
 * @returns {(person: Person, source: "main" | "second") => HTMLElement | null}
 */
export function watchStage(stream) {
  const large = $("#stage-large");
  const strip = $("#stage-strip");
  return (person, source) => {
    const shared = stream.live.sources.find((one) => one.source === "second");
    const candidate = stream.view?.people.some((one) =>
      one.role === "candidate" && stream.view?.media.view.includes(one.seat));
    const together = !shared && !candidate;
    // The jury alone: nobody is larger than another.
    classes($("#stage"), { even: together });
    show(large, !together);
    if (source === "second") return person.seat === shared?.seat ? large : strip;
    return !shared && person.role === "candidate" ? large : strip;
  };
}
