/**
 * What a row opens to: the people with their line and their link, the incidents as they come, and what may be done.
 * @typedef {import("../view").BoardSession} BoardSession
 * @typedef {import("../view").BoardHearing} BoardHearing
 * @typedef {import("../view").BoardPerson} BoardPerson
 * @typedef {import("../view").IncidentView} IncidentView
 * @typedef {import("../view").DocumentView} DocumentView
 * @typedef {{session: BoardSession, hearing: BoardHearing}} Row
 * @typedef {{seeRoom: () => void, technical: () => void, own: string}} Places `own`: the session this page is a seat of
 */
import { drawQuality } from "../juror/identity/copy-quality.js";
import { $, attr, classes, el, icon, keyed, setIcon, show, text } from "../lib/dom.js";
import { hour, mmss, t } from "../lib/i18n.js";
import { roleOf } from "../lib/role.js";
import { act } from "../lib/sending/act.js";
import { pathOf, postpone, recordNoShow, renewLink, sendLink, senderOf, writeToRoom } from "./asks.js";
import { endSeparation, propose, separate, warn } from "./measures.js";
import { noteFact } from "./noting.js";
import { isPrivate, stateOf } from "./states.js";

export class Detail {
  #row;
  #people = el("ul", { class: "people" });
  #incidents = el("ul", { class: "lines o-incidents" });
  #shut = el("p", { class: "note o-note" }, icon("lock"),
    el("span", null, t("Délibération à huis clos : rien n’en sort avant les trois signatures.")));
  #copies = el("div", { class: "stack gap-2 o-copies" });
  #write = button("chat", t("Écrire à la salle"), () => void writeToRoom(this.#row.session));
  #see;
  #technical;
  #record = el("a", { class: "btn", target: "_blank", rel: "noopener" }, icon("doc"), t("Ouvrir le dossier"));
  #change = el("a", { class: "btn" }, icon("pen"), t("Retard, heure, aide"));
  #incident = button("alert", t("Noter un incident"), () => void noteFact(this.#row.session, this.#row.hearing, false));
  #fraud = button("stop", t("Noter une présomption de fraude"),
    () => void noteFact(this.#row.session, this.#row.hearing, true));
  #noShow = button("user", t("Constater l’absence"), () => void recordNoShow(this.#row.session, this.#row.hearing));
  #postpone = button("cal", t("Reporter l’épreuve"), () => void postpone(this.#row.session, this.#row.hearing));

  #measures = [
    measure("WarnCandidate", "alert", t("Avertir"), warn),
    measure("SeparateCandidate", "pause", t("Mettre à l’écart"), separate),
    measure("EndSeparation", "back", t("Faire revenir"), endSeparation),
    measure("ProposeEnding", "chat", t("Proposer l’arrêt ou le report"), propose),
  ].map(({ command, sign, words, ask }) =>
    ({ command, node: button(sign, words, () => void ask(this.#row.session, this.#row.hearing)) }));

  /**
   * @param {Row} row
   * @param {Places} places
   */
  constructor(row, places) {
    this.#row = row;
    this.places = places;
    this.#see = button("eye", t("Voir la salle"), places.seeRoom);
    this.#technical = button("wave", t("Vue technique"), places.technical);
    classes(this.#noShow, { push: true });
    this.element = el("div", null, this.#people, this.#shut, this.#incidents, this.#copies,
      el("div", { class: "row acts" }, this.#write, this.#see, this.#technical, this.#record, this.#change,
        this.#incident, this.#fraud, ...this.#measures.map(({ node }) => node), this.#noShow, this.#postpone));
    this.update(row);
  }

  /** @param {Row} row */
  update(row) {
    this.#row = row;
    const { session, hearing } = row;
    keyed(this.#people, [...hearing.people, ...session.observers], (one) => one.seat, (one) => this.#person(one.seat),
      (node, one) => this.#drawPerson(node, one));
    show(this.#shut, isPrivate(hearing));
    const incidents = hearing.incidents ?? [];
    show(this.#incidents, incidents.length);
    keyed(this.#incidents, incidents, (one) => one.position, () => incidentLine(),
      (node, one) => drawIncident(node, one, session));
    const copies = hearing.copies ?? [];
    show(this.#copies, copies.length);
    drawQuality(this.#copies, copies,
      (press, document) => void act(press, "AcceptCopy", { hearing: hearing.id, document },
        { near: this.#copies, by: senderOf(session) }),
      (document, page) => pathOf(session, `documents/${encodeURIComponent(document)}/pages/${page}.webp`));
    const here = session.id === this.places.own;
    show(this.#write, !session.closed && hearing.stage !== "over");
    show(this.#see, here && hearing.current && !isPrivate(hearing));
    show(this.#technical, here && hearing.current && !isPrivate(hearing));
    show(this.#record, hearing.has_record);
    attr(this.#record, "href", pathOf(session, `records/${encodeURIComponent(hearing.id)}`));
    show(this.#change, hearing.stage === "to_call" && !session.closed);
    attr(this.#change, "href", officeOf(session, hearing));
    for (const { command, node } of this.#measures) {
      show(node, hearing.acts.some((one) => one.command === command));
    }
    show(this.#incident, hearing.may_note);
    show(this.#fraud, hearing.may_note);
    show(this.#noShow, hearing.acts.some((one) => one.command === "RecordNoShow"));
    show(this.#postpone, hearing.acts.some((one) => one.command === "PostponeHearing"));
  }

  /** @param {string} seat */
  #person(seat) {
    const link = el("button", { class: "btn quiet o-link", type: "button" }, icon("mail"), t("Renvoyer son lien"));
    const renew = el("button", { class: "btn quiet o-renew", type: "button" }, icon("refresh"),
      t("Remplacer son lien"));
    for (const [button, act] of /** @type {const} */ ([[link, sendLink], [renew, renewLink]])) {
      button.addEventListener("click", () => {
        const person = [...this.#row.hearing.people, ...this.#row.session.observers].find((one) => one.seat === seat);
        if (person) void act(button, this.#row.session, person);
      });
    }
    return el("li", null, el("strong"), el("span", { class: "dim small" }),
      el("span", { class: "state" }, icon("dash"), el("span")),
      el("span", { class: "dim small o-login" }), el("div", { class: "o-ways" }, link, renew));
  }

  /**
   * @param {HTMLElement} node
   * @param {BoardPerson} person
   */
  #drawPerson(node, person) {
    text($("strong", node), person.name);
    text($(".small", node), roleOf(person));
    const found = stateOf(person, this.#row.hearing);
    const state = $(".state", node);
    classes(state, { ok: found.tone === "ok", warn: found.tone === "warn", bad: found.tone === "bad" });
    setIcon($("svg", state), found.icon);
    text($("span", state), found.words);
    text($(".o-login", node), person.login);
    show($(".o-login", node), person.login);
    attr($(".o-renew", node), "aria-label", t("Remplacer son lien à {name}", { name: person.name }));
    show($(".o-renew", node), !this.#row.session.closed);
    attr($(".o-link", node), "aria-label", t("Renvoyer son lien à {name}", { name: person.name }));
    show($(".o-link", node), !this.#row.session.closed && this.#row.hearing.stage !== "over");
  }
}

/**
 * Where hours, aids and late arrivals are changed: the hearing's page in the offices.
 * @param {BoardSession} session
 * @param {BoardHearing} hearing
 */
function officeOf(session, hearing) {
  const [body, day, id] = [session.body, session.id, hearing.id].map(encodeURIComponent);
  return `${document.body.dataset.spacePath}office/in/${body}/days/${day}/hearings/${id}`;
}

function incidentLine() {
  return el("li", { class: "row top-line nowrap" }, icon("alert", "o-sign"),
    el("div", { class: "grow" }, el("p", null, el("strong"), " ", el("span", { class: "dim num small" })), el("p"),
      el("p", { class: "row gap-2" })));
}

/**
 * @param {HTMLElement} node
 * @param {IncidentView} one
 * @param {BoardSession} session
 */
function drawIncident(node, one, session) {
  classes(node, { fraud: one.suspected_fraud });
  setIcon($(".o-sign", node), one.suspected_fraud ? "flag" : "alert");
  text($("strong", node),
    one.suspected_fraud ? t("Présomption de fraude : {kind}", { kind: one.kind_words })
      : t("Incident : {kind}", { kind: one.kind_words }));
  const clock = one.clock === null ? "" : t(", à {time}", { time: mmss(one.clock) });
  text($(".dim", node),
    t("{hour}, {phase}{clock}, par {name}", { hour: hour(one.at), phase: one.phase_words, clock, name: one.by }));
  text($("p + p", node), one.words ?? t("Ces mots ont été effacés."));
  keyed($("p.row", node), one.evidence, (id) => id,
    (id) => el("a",
      { href: pathOf(session, `captures/${encodeURIComponent(id)}.jpg`), target: "_blank", rel: "noopener" },
      t("Voir l’image jointe")));
}

/**
 * @param {string} command
 * @param {string} sign
 * @param {string} words
 * @param {(session: BoardSession, hearing: BoardHearing) => unknown} ask
 */
function measure(command, sign, words, ask) {
  return { command, sign, words, ask };
}

/**
 * @param {string} sign
 * @param {string} words
 * @param {() => unknown} onClick
 */
function button(sign, words, onClick) {
  return el("button", { class: "btn", type: "button", on: { click: onClick } }, icon(sign), words);
}
