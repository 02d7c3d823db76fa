/**
 * The copy of one's identity document (R6.2): which document, its sides, and what was seen on each, told at once.
 * Whatever the quality the copy is kept; a person accepts it.
 * @typedef {import("../view").CandidateIdentity} CandidateIdentity
 * @typedef {NonNullable<CandidateIdentity["kinds"]>[number]} Kind
 */
import { el, keyed, show } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { CopySide } from "./copy-side.js";

let count = 0;

export class Copy {
  #stream;
  #name;
  #chips = el("div", { class: "chips" });
  #sides = el("div", { class: "sides" });
  #first = el("p", { class: "small dim" }, t("Choisissez d’abord votre pièce : nous vous dirons quels côtés fournir."));
  /** @type {string | null} what was chosen here; null: what was supplied says it */
  #chosen = null;
  /** @type {Map<string, CopySide>} */
  #made = new Map();

  /** @param {import("../lib/stream.js").RoomStream} stream */
  constructor(stream) {
    count += 1;
    this.#name = `copy-kind-${count}`;
    this.#stream = stream;
    this.element = el("div", { class: "stack" },
      el("p", null,
        t("Fournissez-en une copie : une photo nette, un scan ou un PDF. "
          + "Le jour de l’épreuve, le jury la compare avec ce que vous montrez à la caméra.")),
      el("fieldset", { class: "stack gap-2" },
        el("legend", { class: "label" }, t("Quelle pièce montrerez-vous ?")), this.#chips),
      this.#first, this.#sides,
      el("p", { class: "small dim" },
        t("Votre copie est chiffrée. Seuls le jury, l’organisateur et l’organisme certificateur peuvent la voir. "
          + "Ce sont des personnes qui l’acceptent, jamais une machine.")));
    this.#chips.addEventListener("change", (event) => {
      this.#chosen = /** @type {HTMLInputElement} */ (event.target).value;
      this.#draw();
    });
    stream.onView(() => this.#draw());
  }

  /** Is there a copy of the front? */
  get supplied() {
    return Boolean(this.#identity?.copies?.some((one) => one.kind === "identity_front"));
  }

  get #identity() {
    const identity = this.#stream.view?.hearing?.identity;
    return identity && !("opinions" in identity) ? identity : undefined;
  }

  #draw() {
    const kinds = this.#identity?.kinds ?? [];
    const chosen = this.#chosen ?? this.#identity?.copies?.find((one) => one.identity)?.identity ?? "";
    keyed(this.#chips, kinds, (one) => one.identity, (one) => el("label", null,
      el("input", { type: "radio", name: this.#name, value: one.identity }),
      el("span", null, one.words)), (node, one) => {
      const input = /** @type {HTMLInputElement} */ (node.firstElementChild);
      if (one.identity === chosen) input.checked = true;
    });
    const kind = kinds.find((one) => one.identity === chosen);
    show(this.#first, !kind);
    this.#drawSides(kind);
  }

  /** @param {Kind | undefined} kind */
  #drawSides(kind) {
    const hearing = this.#stream.view?.hearing;
    const key = (/** @type {{kind: string}} */ side) => `${hearing?.id} ${kind?.identity} ${side.kind}`;
    keyed(this.#sides, kind?.sides ?? [], key, (side) => {
      const made = new CopySide(hearing?.id ?? "", kind?.identity ?? "", side);
      this.#made.set(key(side), made);
      return made.element;
    }, (_node, side) => {
      const copies = this.#identity?.copies ?? [];
      this.#made.get(key(side))?.draw(copies.find((one) => one.kind === side.kind), copies);
    });
  }
}
