/**
 * While the identity is looked at: the frame to fill, over one's own picture, which side is wanted, how it goes in
 * words, and a gesture when the jury asks for one. Nothing is measured or taken here: the jury sees the live picture.
 * @typedef {import("../view").CandidateIdentity} CandidateIdentity
 * @typedef {import("../view").Live} Live
 */
import { steadied } from "../lib/checking.js";
import { $, attr, el, icon, keyed, setIcon, show, text } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { frame } from "./frame.js";
import { modeOf } from "./screens.js";

/** For these the card is not what matters. */
const OF_THE_FACE = new Set(["turn_head", "hand_across_face"]);
const GESTURE_ICONS = { turn_head: "turn", hand_across_face: "hand", tilt_card: "tilt" };
const STATE_ICONS = { waiting: "id", looking: "eye", comparing: "check-o" };
/** These are wider than high by less than a bank card is (ISO/IEC 7810: ID-2, ID-3). */
const BIG = new Set(["old_card", "passport"]);

/**
 * @param {import("../lib/stream.js").RoomStream} stream
 * @param {HTMLElement} tile one's own picture
 */
export function startShowing(stream, tile) {
  const card = frame();
  const gesture = el("div", { class: "gesture", role: "status" });
  const say = el("p", { class: "say", role: "status" }, icon("id"), el("span"));
  const steady = steadied();
  tile.append(card, el("div", { class: "showing" }, gesture, say));
  const draw = () => {
    const hearing = stream.view?.hearing;
    const identity = hearing?.identity;
    if (!hearing || !identity || "opinions" in identity) return;
    const here = modeOf(hearing) === "identity";
    show(say, here);
    show(gesture, here && identity.gesture);
    const going = steady(identity.check?.at, stream.live.check?.hearing === hearing.id ? stream.live.check : undefined);
    drawFrame(card, identity, going);
    drawSteps(identity);
    drawGesture(gesture, identity.gesture);
    setIcon(/** @type {Element} */ (say.firstElementChild), STATE_ICONS[(identity.check && going?.state) || "waiting"]);
    text(/** @type {Element} */ (say.lastElementChild), wordsOf(identity, going));
  };
  stream.onView(draw).onLive(draw);
}

/**
 * @param {CandidateIdentity} identity
 * @param {Live["check"]} going
 */
function wordsOf({ check, gesture }, going) {
  if (check) return going?.words || check.words;
  return gesture ? t("Le jury vous regarde. Rien ne presse.") : t("Le jury va vous dire quand montrer votre pièce.");
}

/**
 * @param {HTMLElement} card
 * @param {CandidateIdentity} identity
 * @param {Live["check"]} going
 */
function drawFrame(card, { check, gesture, copies }, going) {
  attr(card, "data-state", check ? going?.state ?? "waiting" : "idle");
  attr(card, "data-shape", copies?.some((one) => BIG.has(one.identity ?? "")) ? "big" : "card");
  show(card, check ? check.source === "main" : !OF_THE_FACE.has(gesture?.gesture ?? ""));
}

/** @param {CandidateIdentity} identity */
function drawSteps({ check, copies, kinds }) {
  const kind = kinds?.find((one) => copies?.some((copy) => copy.identity === one.identity));
  const sides = kind?.sides ?? [{ side: "front", words: t("Le recto") }, { side: "back", words: t("Le verso") }];
  const steps = [
    ...sides.map(({ side, words }) => ({
      key: side, words,
      about: side === "front" ? t("Placez-la dans le cadre, sans bouger.") : t("Quand le jury vous le demande."),
    })),
    { key: "face", words: t("Votre visage"), about: t("Sans la pièce, face à la caméra.") },
  ];
  keyed($("#idsteps"), steps, (one) => one.key, () => el("li", null, el("i"), el("div", null, el("b"), el("span"))),
    (node, one, n) => {
      attr(node, "aria-current", check?.side === one.key ? "step" : null);
      text($("i", node), n + 1);
      text($("b", node), one.words);
      text($("span", node), one.about);
    });
  const second = check?.source === "second" ? `${t("Montrez-la à votre deuxième caméra.")} ` : "";
  text($("#idadvice"),
    check ? second + check.advice
      : t("Tenez-la par les bords. Sur votre écran l’image est inversée comme dans un miroir ; "
        + "le jury la voit à l’endroit."));
}

/**
 * @param {HTMLElement} box
 * @param {CandidateIdentity["gesture"]} gesture
 */
function drawGesture(box, gesture) {
  attr(box, "data-of", OF_THE_FACE.has(gesture?.gesture ?? "") ? "face" : "card");
  keyed(box, gesture ? [gesture] : [], (one) => one.gesture,
    (one) => el("div", null, icon(GESTURE_ICONS[one.gesture]), el("p", null, one.words)));
}
