/** Step 2 at the door: camera, microphone, loudspeaker, light (lib/device-check.js), then the waiting room. */
import { DeviceCheck } from "../lib/device-check.js";
import { confirmed } from "../lib/dialog.js";
import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { SelfView } from "../lib/selfview.js";
import { act } from "../lib/sending/act.js";

/**
 * @param {import("../lib/stream.js").RoomStream} stream
 * @param {import("../lib/devices.js").Devices} devices
 * @param {{back: () => void, done: () => void}} go
 */
export function startCheck(stream, devices, go) {
  $("#check-self").append(new SelfView(devices, {
    label: t("Votre image, en miroir"), hint: t("Personne d’autre ne la voit pour l’instant"), why: false,
  }).element);
  new DeviceCheck(devices);
  $("#check-back").addEventListener("click", go.back);
  $("#check-done").addEventListener("click", (event) => void enter(/** @type {HTMLElement} */ (event.currentTarget)));

  /** @param {HTMLElement} button */
  async function enter(button) {
    const hearing = stream.view?.hearing;
    if (!hearing) return;
    const missing = devices.trouble.videoinput ?? devices.trouble.audioinput;
    if (missing && !await confirmed({
      title: missing.title,
      words: t("Le jury doit vous voir et vous entendre. Vous pouvez attendre quand même ; "
        + "signalez-le avec le bouton « Aide », l’organisateur vous aidera."),
      yes: t("Attendre quand même"), no: t("Réessayer d’abord"),
    })) return;
    if (hearing.waiting) return go.done();
    const answer = await act(button, "EnterWaitingRoom", { hearing: hearing.id },
      { near: /** @type {HTMLElement} */ (button.parentElement) });
    if (answer?.ok) go.done();
  }
}
