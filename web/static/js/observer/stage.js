/**
 * Where each picture goes for somebody who only watches: what is shown or the candidate large, the others in a strip.
 * @typedef {import("../view").Person} Person
 */
import { $, classes, show } from "../lib/dom.js";

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
    const candidate = stream.view?.people.some((one) => one.role === "candidate" && stream.view?.media.view.includes(one.seat));
    const together = !shared && !candidate;
    // The jury alone: nobody is larger than another.
    classes($("#stage"), { even: together });
    show(large, !together);
    if (source === "second") return person.seat === shared?.seat ? large : strip;
    return !shared && person.role === "candidate" ? large : strip;
  };
}
