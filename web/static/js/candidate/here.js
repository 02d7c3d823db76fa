/** The door of whoever comes in person (X13): nothing to try, only to say that one is there. */
import { $, show, text } from "../lib/dom.js";
import { act } from "../lib/sending/act.js";

/**
 * @param {import("../lib/stream.js").RoomStream} stream
 * @param {{done: () => void}} go
 */
export function startHere(stream, go) {
  const button = $("#here-done");
  button.addEventListener("click", () => void enter());
  stream.onView(({ hearing }) => {
    text($("#here-place"), hearing?.place ?? "");
    show($("#here-place-line"), hearing?.place);
  });

  async function enter() {
    const hearing = stream.view?.hearing;
    if (!hearing) return;
    if (hearing.waiting) return go.done();
    const answer = await act(button, "EnterWaitingRoom", { hearing: hearing.id },
      { near: /** @type {HTMLElement} */ (button.parentElement) });
    if (answer?.ok) go.done();
  }
}
