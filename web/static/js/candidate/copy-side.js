/**
 * One side of the copy: supplied or not, what was seen on it in plain words, taken again or kept.
 * @typedef {import("../view").DocumentView} DocumentView
 * @typedef {import("../view").CopyQuality} CopyQuality
 * @typedef {{side: string, kind: string, words: string, lines: boolean}} Side
 */
import { announce } from "../lib/announce.js";
import { $, attr, classes, el, icon, keyed, setIcon, show, text } from "../lib/dom.js";
import { hour, t } from "../lib/i18n.js";
import { mayPass } from "../lib/sending/commands.js";
import { upload } from "../lib/sending/upload.js";

/** Copies that the candidate keeps as they are, so that the question is not asked again. */
const KEPT = "kept copies";

export class CopySide {
  #about;
  #busy = false;
  /** @type {DocumentView | undefined} */
  #copy;
  #state = el("p", { class: "state", role: "status" }, icon("clock"), el("span"));
  #picture = el("img", { class: "copy-picture", hidden: true, alt: t("Ce que vous venez d’envoyer") });
  #findings = el("ul", { class: "findings" });
  #progress = el("progress", { max: 1, hidden: true, "aria-label": t("Envoi en cours") });
  #wrong = el("p", { class: "wrong", hidden: true }, icon("alert"), el("span"));
  #input;
  #pickWords = el("span");
  #pick;
  /** @type {File | null} what did not arrive or was not kept, to be sent again without being chosen again */
  #left = null;
  #again = el("button",
    { class: "btn", type: "button", hidden: true, on: { click: () => this.#left && void this.#send(this.#left) } },
    icon("refresh"), t("Envoyer de nouveau"));
  #keep = el("button", { class: "btn", type: "button", on: { click: () => this.#keepIt() } }, icon("check"),
    t("Garder celle-ci"));

  /**
   * @param {string} hearing
   * @param {string} identity
   * @param {Side} side
   */
  constructor(hearing, identity, side) {
    this.#about = { hearing, kind: side.kind, identity };
    const chosen = () => {
      const file = this.#input.files?.[0];
      if (file) void this.#send(file);
    };
    this.#input = el("input", {
      type: "file", accept: "image/*,application/pdf", "aria-label": side.words, on: { change: chosen },
    });
    this.#pick = el("label", { class: "btn pick" }, icon("upload"), this.#pickWords, this.#input);
    this.element = el("section", { class: "side-of", "data-side": side.side, "aria-label": side.words },
      el("h2", null, side.words),
      side.lines
        && el("p", { class: "small dim" }, t("Les lignes de lettres et de chevrons (<<<) doivent être lisibles.")),
      this.#picture, this.#state, this.#progress, this.#findings, this.#wrong,
      el("div", { class: "row gap-2" }, this.#again, this.#pick, this.#keep));
  }

  /**
   * @param {DocumentView | undefined} copy the newest of this side
   * @param {DocumentView[]} all
   */
  draw(copy, all) {
    // A copy of another kind of document is another document: it does not stand for this one.
    this.#copy = copy && (!copy.identity || copy.identity === this.#about.identity) ? copy : undefined;
    if (this.#busy) return;
    const of = this.#copy;
    const quality = of?.quality;
    const kept = Boolean(of && (of.accepted_by || keptHere().includes(of.id)));
    const findings = of && !kept ? quality?.findings ?? [] : [];
    this.#drawState(of, findings.length, kept, this.#onFront(all));
    keyed(this.#findings, findings, (one) => one.code, () => el("li", null, el("b"), " ", el("span")), (node, one) => {
      text($("b", node), one.words);
      text($("span", node), one.to_do);
    });
    show(this.#keep, findings.length);
    classes(this.#pick, { main: !of && !this.#onFront(all) });
    text(this.#pickWords, of ? t("Refaire la copie") : t("Choisir un fichier ou une photo"));
  }

  /** A PDF of both sides was supplied for the front. @param {DocumentView[]} all */
  #onFront(all) {
    const front = all.find((one) => one.kind === "identity_front");
    return this.#about.kind === "identity_back" && front?.identity === this.#about.identity && (front?.pages ?? 0) > 1;
  }

  /**
   * @param {DocumentView | undefined} copy
   * @param {number} findings
   * @param {boolean} kept by the candidate or a person
   * @param {boolean} onFront
   */
  #drawState(copy, findings, kept, onFront) {
    const [sign, kind, words] = !copy ? onFront ? ["check-o", "ok", t("dans votre PDF, page 2")]
      : ["clock", "", t("pas encore fourni")]
      : copy.accepted_by ? ["check-o", "ok", t("acceptée par {name}", { name: copy.accepted_by })]
        : findings ? [
          "info", "",
          t("Reçue à {hour}. Elle est gardée, mais peut être meilleure :", { hour: hour(copy.supplied_at) }),
        ]
          : kept ? [
            "check-o", "ok",
            t("Gardée telle quelle, reçue à {hour}. Une personne la regardera.", { hour: hour(copy.supplied_at) }),
          ]
            : [
              "check-o", "ok", `${t("Reçue à {hour}.", { hour: hour(copy.supplied_at) })} ${copy.quality?.words ?? ""}`,
            ];
    setIcon(/** @type {Element} */ (this.#state.firstElementChild), sign);
    classes(this.#state, { ok: kind === "ok" });
    this.#says(words);
  }

  #keepIt() {
    if (!this.#copy) return;
    sessionStorage.setItem(KEPT, JSON.stringify([...keptHere(), this.#copy.id]));
    this.draw(this.#copy, [this.#copy]);
    this.#input.focus();
  }

  /** @param {File} file */
  async #send(file) {
    this.#sending(file);
    const answer = await upload(file, this.#about, {
      onProgress: (share) => {
        this.#progress.value = share;
        if (share >= 1) this.#says(t("Reçue. Nous la regardons, quelques secondes…"));
      },
      onAgain: (tries) => {
        this.#progress.value = 0;
        this.#says(t("L’envoi n’avançait plus. Nouvel essai, le {n}e…", { n: tries }));
        announce(t("L’envoi n’avançait plus. Nouvel essai, le {n}e…", { n: tries }));
      },
    });
    this.#busy = false;
    this.#left = !answer.ok && mayPass(answer.status) ? file : null;
    show(this.#again, this.#left);
    this.#input.disabled = false;
    this.#input.value = "";
    show(this.#progress, false);
    text(/** @type {Element} */ (this.#wrong.lastElementChild), answer.refusal);
    show(this.#wrong, !answer.ok);
    if (!answer.ok) show(this.#picture, false);
    const shown = this.#answered(answer);
    this.draw(shown, shown ? [shown] : []);
    const findings = (answer.quality?.findings ?? []).map((one) => `${one.words} ${one.to_do}`);
    announce(answer.ok ? [answer.quality?.words, ...findings].filter(Boolean).join(" ") : answer.refusal);
  }

  /** @param {string} words */
  #says(words) {
    text(/** @type {Element} */ (this.#state.lastElementChild), words);
  }

  /** @param {File} file */
  #sending(file) {
    this.#busy = true;
    this.#input.disabled = true;
    show(this.#wrong, false);
    show(this.#keep, false);
    show(this.#again, false);
    this.#findings.replaceChildren();
    keyed(this.#findings, [], () => 0, () => el("li"));
    classes(this.#state, { ok: false });
    setIcon(/** @type {Element} */ (this.#state.firstElementChild), "clock");
    this.#says(t("Envoi en cours…"));
    this.#progress.value = 0;
    show(this.#progress, true);
    if (this.#picture.src) URL.revokeObjectURL(this.#picture.src);
    const picture = file.type.startsWith("image/");
    attr(this.#picture, "src", picture ? URL.createObjectURL(file) : null);
    show(this.#picture, picture);
  }

  /**
   * The view may come after the answer: what was answered is shown meanwhile.
   * @param {Awaited<ReturnType<typeof upload>>} answer
   * @returns {DocumentView | undefined}
   */
  #answered(answer) {
    const { document: id, quality } = answer;
    if (!answer.ok || !id || this.#copy?.id === id) return this.#copy;
    return {
      id, kind: this.#about.kind, title: "", pages: 1, supplied_at: Date.now(), accepted_by: null,
      identity: /** @type {DocumentView["identity"]} */ (this.#about.identity), quality: quality ?? undefined,
    };
  }
}

/** @returns {string[]} */
function keptHere() {
  return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
}
