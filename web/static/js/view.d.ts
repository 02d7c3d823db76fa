/**
 * What the server tells one seat: the wire contract between `server/views` and every page.
 * Times are milliseconds since the epoch (UTC), durations milliseconds unless named `_seconds`. Every text is already
 * in the reader's language. A section that the seat has no right to is absent (undefined) or null: never empty.
 *
 * GET seat/ID/events (text/event-stream):
 *   event: view    id: POSITION   data: Partial<View>  sections that changed since the last message (all, at first)
 *   event: live    (no id)        data: Live           presence of media, quality: never journalled
 *   event: closed                 data: {}             the door closed (deliberation, dismissal): reload the page
 * `happened` holds, once each, what happened since the last position this reader has seen (Last-Event-ID): what a
 * live region reads out. 403 while the seat has no right to the room.
 *
 * POST seat/ID/commands  {"command": "SetMark", "hearing": "…", "competency": "C1.1", "mark": "A", "words": "text"}
 *   header Idempotency-Key: UUID   header X-Position: last position seen (optional; stale → 409 for acts that need it)
 *   200 {"position": n}            422 {"rule": "R3.4", "refusal": "…words…"}       400 {"field": "…", "refusal": "…"}
 *   `words` fields are plain text here; the server puts them away before the rules see them. Field names are those of
 *   evaluation/session.
 *
 * POST seat/ID/closed {"camera"?: boolean, "microphone"?: boolean}   200 Closed: what this person closed of their own;
 *   what is left out stays as it is. Each page of the seat is told (`View.closed`), and the next browser that has it.
 *
 * The identity check, besides GiveIdentityOpinion and DecideIdentity:
 *   candidate  AnswerFaceConsent {hearing, agreed, wording}   wording: SHA-256, hex, of FaceConsent.text joined by "\n"
 *              WithdrawFaceConsent {hearing}
 *   jurors     AskIdentityCheck {hearing, side, source}       422 R6.2 without a copy; asked again: the former ends
 *              EndIdentityCheck {hearing}
 *              AskGesture {hearing, gesture}                  null: no longer asked
 *   jurors and organizer
 *              AcceptCopy {hearing, document}                 a person looked: its findings are settled
 * POST seat/ID/documents?hearing=ID&kind=identity_front|identity_back&identity=new_card|…   (one file, multipart)
 *   With an Idempotency-Key, as commands: the same file under the same key is kept once and answered the same.
 *   201 {"document", "pages", "position", "quality": CopyQuality | null}   null for what is no identity copy.
 *   The copy is kept whatever its quality. 422 {"field": "file", "refusal"} where there is nothing to keep.
 * GET seat/ID/captures/CAPTURE.jpg            also the crops of a check. Jury, organizer; each opening is written down.
 * GET seat/ID/records/HEARING/accesses.jsonl  who opened what, when and why: one JSON object a line.
 * POST seat/ID/identity/try                   organizer's try-out (multipart): `copy` (file; picture or PDF), `back`
 *   (file, optional), `frame` (files, 1 to 12), `identity` (text), `face` ("yes": the person shown agrees), `family`,
 *   `given` (texts, optional). 200 TryOut; nothing is kept. 422 {"field", "refusal"}; 503 {"refusal"} without workers.
 */

export type Role = "candidate" | "juror" | "organizer" | "observer" | "aid";
export type Category = "employees" | "employers" | "trainer";
export type Mark = "A" | "NA";
export type Phase =
  | "scheduled"      // before: at the door or in the waiting room
  | "welcome"        // called in: identity, reminder, sheet
  | "presentation" | "questions"
  | "grading"        // the candidate has left; jurors finish their own grids
  | "deliberation"   // consensus, recommendations, signatures
  | "adjourned" | "postponed"   // to be called in again
  | "closed" | "no_show" | "stopped" | "cancelled";

/** Where a hearing stands as a whole: to be called in, its candidate in the room, the jury alone, over. */
export type Stage = "to_call" | "in_room" | "private" | "over";
/** `timed`: its clock counts; `marking`: jurors fill in their own grids. A page never lists phases itself. */
export interface PhaseView { phase: Phase; stage: Stage; timed: boolean; marking: boolean }

export interface Person {
  seat: string; role: Role; name: string; first_name: string; initials: string;
  category: Category | null;
  /** "représente les employeurs", "candidate", … */
  role_words: string;
  president: boolean; present: boolean; recused: boolean; you: boolean;
}

/**
 * An act offered to this seat now. `why` is the refusal's words when it is not allowed yet; `warning` what whoever does
 * it should know first (a planned aid is not connected), and stops nobody.
 */
export interface Act {
  command: string; label: string; allowed: boolean; why: string | null;
  /** whether it is explained in words; `required`: refused without, by this act's kind or as things stand now */
  words: "none" | "optional" | "required"; warning: string | null; fields: Record<string, unknown>;
}

export interface Clock {
  phase: Phase;
  /** Server time of this reading; the browser adds its own elapsed time to `elapsed` unless `paused`. */
  read_at: number; elapsed: number; ceiling: number; floor: number;
  paused: boolean; paused_since: number | null;
  given_back: number; lost: number; extra: number; overrun: number;
  /** marks at which the end is announced, in ms before it (300000, 60000, 0) */
  announce: number[];
}

export interface Competency { code: string; title: string; mandatory: boolean; questions: string[] }
export interface Block { code: string; title: string; part: string; kept: boolean; competencies: Competency[] }

export interface OwnMark { mark: Mark; words: string | null; not_shown: boolean; at: number }
export interface OwnGrid {
  closed: boolean; marks: Record<string, OwnMark>; points: number[]; note: string | null; note_at: number | null;
  due: boolean;               // it is to be closed now
  why_not_closed: string[];
}

/** A kind as the framework names it, and what its form asks beside the facts. */
export interface KindWords { kind: string; words: string; asks: string[] }
/** What may be noted behind each of the two doors (R6.5, R7.1). */
export interface IncidentDoors { incident: KindWords[]; fraud: KindWords[] }
export interface IncidentView {
  position: number; at: number; by: string; phase_words: string; clock: number | null;
  kind: string; kind_words: string; suspected_fraud: boolean; words: string | null; evidence: string[];
  answers: AnswerToKind[];
  sanctions_told: boolean;
  untold: boolean;            // the candidate is still to be told of it in the room
  may_tell: boolean;          // this seat may tell the candidate the sanctions about it now (R6.5)
  script: ScriptView | null;
}
export interface AnswerToKind { question: string; words: string }
export interface SuspicionAnswerView {
  step: "answer" | "decide" | "done";
  how: "given" | "declined" | "missed" | null; answer: string | null; signed: string | null; answered_at: number | null;
}
/** How far what follows a suspicion has come, once the candidate was told. Of an answer that was missed, `answer` is
 * the president's: what happened. `missed_from`: from when this seat may write that none came, ms; null: never. */
export interface ScriptView extends SuspicionAnswerView {
  told_at: number;
  course: "go_on" | "stop" | null; decided: string | null; may_decide: boolean; missed_from: number | null;
}
/** What the candidate is shown of a suspicion that they are told of. */
export interface SuspicionView {
  incident: number; at: number; kind_words: string; phase_words: string; clock: number | null; words: string | null;
  answers: AnswerToKind[]; sanctions: string[];
  how: "given" | "declined" | "missed" | null; answer: string | null; answered_at: number | null;
}
export interface DocumentView {
  id: string; kind: string; title: string; pages: number; supplied_at: number;
  /** Of a copy of an identity document alone. */
  identity?: IdentityDocument | null; quality?: CopyQuality; accepted_by?: string | null;
  decided?: boolean;          // the identity is: a copy is no longer accepted
}
export interface CaptureView { id: string; at: number; seat: string; by: string }

export type IdentityDocument = "new_card" | "old_card" | "passport" | "residence_permit" | "licence";
export type IdentitySide = "front" | "back";
export type Gesture = "turn_head" | "hand_across_face" | "tilt_card";
export type Source = "main" | "second";
export type Advice = "award" | "partial" | "refuse";

/** What was seen on a supplied copy. `looked` false: no machine could look (`words` says so); the copy is kept all the
 * same. `findings` empty: nothing to say. Never a refusal: any copy may be kept, a person accepts it. */
export interface CopyQuality {
  looked: boolean;
  words: string;
  findings: CopyFinding[];
}
export interface CopyFinding { side: IdentitySide; code: string; words: string; to_do: string }

/** One signal. There is no overall score. `copy` and `live` are captures' ids (captures/ID.jpg), null where there is no
 * picture. Without the candidate's consent no row is named "face". */
export interface SignalRow extends SignalWords {
  copy: string | null; live: string | null;
}
export interface SignalWords {
  name: "document" | "portrait" | "text" | "face" | "mrz" | "expiry" | "names";
  title: string;
  /** As measured, in words, with where the bands begin ("superposition : 0,91 sur 1 (proche à partir de 0,70, éloigné
   * jusqu’à 0,58)"); "" where nothing was measured. */
  value: string;
  band: "close" | "unsure" | "far" | "not_measurable"; band_words: string;
  /** What it means, or why it was not measured; then what to do about it ("" where nothing is to be done). */
  meaning: string; to_do: string;
  /** What helps to measure it next time: to be asked for with the next check. */
  gesture: Gesture | null;
}
/** What one check gave; `taken_at`: when the pictures were taken. */
export interface Signals { position: number; at: number; taken_at: number; side: IdentitySide; rows: SignalRow[] }

/** A check that a juror has asked for, until its signals are there, it has failed, or somebody has ended it. */
export interface IdentityCheck { side: IdentitySide; source: Source; by: string; at: number; words: string }

export interface IdentityView {
  state: "undecided" | "decided"; finding: IdentityFinding | null; course: Course | null;
  decided_words: string | null;
  words: string | null; decided_at: number | null; by: string | null;
  opinions: OpinionView[];
  /** Names of those whose opinion was another than the decision. */
  dissent: string[];
  waiting_for: string[];      // names of the others not heard yet, until it is decided
  copies: DocumentView[];     // front, back: jurors, organizer
  captures: CaptureView[];
  /** The sides that this kind of document is shown with, for the buttons; the gestures that can be asked. */
  sides: SideWords[];
  gestures: GestureWords[];
  check: IdentityCheck | null;
  gesture: Gesture | null;
  /** Which documents the jury may say that it saw on site, with its own eyes; none where a camera shows them (X13). */
  on_site: KindOfDocument[];
  findings: FindingChoice[];
  /** Why the last check gave nothing; null once another gave something. */
  failure: SaidAt | null;
  /** When the newest copy came, while what was measured on the one before is no longer shown because of it. */
  renewed: SaidAt | null;
  /** The newest rows, and which side was asked for; null before. */
  signals: Signals | null;
}
export type IdentityFinding = "conform" | "doubtful" | "not_conform" | "refused" | "no_document" | "no_copy";
export type Course = "proceed" | "retry" | "reserve" | "stop";
export interface KindOfDocument { identity: IdentityDocument; words: string }
/** What the president may find, what may follow from it, and whether that is explained in words (R6.3). */
export interface FindingChoice { finding: IdentityFinding; courses: Course[]; needs_words: boolean }
export interface OpinionView { seat: string; name: string; conform: boolean; words: string | null }
export interface SideWords { side: IdentitySide; words: string }
export interface GestureWords { gesture: Gesture; words: string }
/** Something to tell, in words, and since when it holds. */
export interface SaidAt { at: number; words: string }

/** The candidate's own: copies, what to supply, the separate yes or no, what to show now. Absent sections: not now. To
 * who may see neither this nor `IdentityView`, `state` alone. */
export interface CandidateIdentity {
  state: "undecided" | "decided";
  copies?: DocumentView[];
  /** The kinds this certification accepts, and the sides each wants. */
  kinds?: AcceptedKind[];
  consent?: FaceConsent;
  /** What to show now. The progress comes with `Live.check`. */
  check?: AskedCheck | null;
  gesture?: GestureWords | null;
}
export interface AcceptedKind { identity: IdentityDocument; words: string; sides: WantedSide[] }
/** `kind` as in POST documents; `lines`: this side carries the lines read by machines. */
export interface WantedSide {
  side: IdentitySide; kind: "identity_front" | "identity_back"; words: string; lines: boolean;
}
/** `words` for the frame's title, `advice` beneath. */
export interface AskedCheck { side: IdentitySide; source: Source; at: number; words: string; advice: string }
/** `text`: paragraphs to show before the question; `yes`, `no`: the two answers, in full words, of equal weight. */
export interface FaceConsent {
  state: "unanswered" | "yes" | "no";
  text: string[]; question: string; yes: string; no: string; withdraw: string;
  /** A decision was made: nothing will be compared any more, an answer changes nothing (withdrawing stays possible). */
  over: boolean;
}

/** POST identity/try. Crops are data: URLs; `rows[].copy|live` hold them instead of ids. */
export interface TryOut extends Tried { seconds: number }
export interface Tried { quality: CopyQuality; rows: SignalRow[] }

export interface ConsensusRow {
  competency: string; own: Record<string, OwnMark>;   // by juror seat
  differs: boolean; proposed: Mark | null; confirmed: string[]; /* seats */ reached: boolean; disputed: boolean;
  dispute_words: string | null;
  awaited: string[];          // the seats whose confirmation is awaited
  may_withdraw: boolean;      // this seat, its own confirmation
}
export interface BlockOutcome {
  code: string; title: string; validated: boolean | null; kept: boolean; acquired: number; total: number;
  reasons: string[];
}
export interface ResultView {
  blocks: BlockOutcome[]; outcome: "full" | "partial" | "none" | null; outcome_words: string; complete: boolean;
}
export interface OfferedAdvice { advice: Advice; words: string; departs: boolean }
export interface AdvicePlace { block: string | null; advices: OfferedAdvice[] }
export interface RecommendationView {
  block: string | null; advice: Advice; advice_words: string; words: string | null; departs: boolean;
}
/** `refused_at`: when somebody refused to sign. */
export interface SignatureView {
  seat: string; name: string; signed_at: number | null; refused: boolean; refused_at: number | null;
  words: string | null;
  on_paper: boolean;          // put on paper, and transcribed: the hours are those of the juror's confirmation (X13)
}
export interface MissingLine { what: string; anchor: string }   // "Un consensus sur C1.2" → "#C1.2"
/** What this juror may do on the table now; empty, false or null: nothing of the kind. Marks exactly as they stand. */
export interface ToDo {
  to_confirm: Record<string, Mark>; to_propose: Record<string, Mark>; to_dispute: string[]; advises: boolean;
  /** null: nothing to sign (any more, or while it is suspended) */
  sign: Act | null;
}
export interface Deliberation extends ResultView, ToDo {
  opened_at: number; suspended: boolean;
  jurors: string[];           // seats, in column order
  rows: ConsensusRow[];
  sought: string[];           // the blocks that the candidate presents, each with its recommendation
  /** each competency has its consensus, or its declared disagreement, which goes on to the certification jury (R3.9) */
  settled: boolean;
  /** what is recommended on (null: the whole), with what may be; what departs from the computed result needs words */
  places: AdvicePlace[];
  recommendations: RecommendationView[];
  signatures: SignatureView[];
  missing: MissingLine[];
  frozen: boolean;            // the first signature is there
}

export interface Hearing extends HearingHead, ForCandidate, ForJury {}
/** What everybody at the examination is told of it. */
export interface HearingHead extends PhaseView, MomentWords {
  id: string; candidate: Person; starts_at: number;
  /** "À vous maintenant": one sentence for this seat */
  expected: string;
  clock: Clock | null;
  steps: StepView[];
  required_visible: boolean;
  prevention: "pending" | "acknowledged" | "refused" | "waived";
  /** refused, and the president has not decided what follows, whatever the candidate did since (R6.3) */
  refusals: Gate[];
  waiting: boolean;           // the candidate is in the waiting room
  sheet: SheetView;
  /** Between the call and the presentation: what is waited for now. "refusal": the president's decision on one. */
  gate: "identity" | "reminder" | "refusal" | "sheet" | "start" | null;
  /** The names of the acts about this examination that would not be refused to this seat now. */
  may: string[];
  reminder: ReminderPoint[];
  /** Where it is held (X13); whether this seat attends in person, without a camera, and by whose it is shown then; the
   * place, "" where nobody named it. */
  mode: "remote" | "on_site" | "mixed"; on_site: boolean; at_camera: string | null; place: string;
  identity: IdentityView | CandidateIdentity;   // the candidate sees only own copies
  extra_words: string | null; // adjustments, as the jury may see them
  /** a planned human aid is not connected while the candidate waits or is in the room: who, in a sentence (R10.1) */
  aid_absent: string | null;
  lost_over_half: boolean;
  /** who is cut off while the candidate's time is given, the gravest first (X9) */
  missing: "candidate" | "jury" | "president" | null;
  /** since when the organizer keeps the candidate out of the room, and to whom it concerns why (R4.4) */
  apart: ApartView | null;
}
export interface ApartView { at: number; words: string | null }
/** What the phase is called for this reader, and what comes after it. */
export interface MomentWords { phase_words: string; next_words: string | null }
export type Gate = "identity" | "prevention" | "sheet";
export interface StepView { words: string; state: "done" | "now" | "later" }
export interface SheetView { state: "not_yet" | "due" | "signed" | "refused" | "waived"; signed_at: number | null }
export interface ReminderPoint { words: string; said: boolean }

/** What the jurors who sit are told; `documents` to whoever may read them, `incidents` to who may read the record. */
export interface ForJury {
  blocks?: Block[]; definitions?: Record<string, string>;   // of "A" and "NA"
  points?: string[]; not_examined?: string[]; examined?: string[];
  grid?: OwnGrid; grids_closed?: string[];  // seats whose own grid is closed
  incidents?: IncidentView[]; incident_doors?: IncidentDoors; documents?: DocumentView[]; deliberation?: Deliberation;
  cuts?: CutView[]; proposed?: ProposedView | null;
  signalled?: SignalledTrouble[]; sanctions?: string[];
}
/** A cut of the line that nobody has decided on: `seconds`, as measured, are proposed to be given back (X9). */
export interface CutView {
  position: number; at: number; who: "candidate" | "jury" | "president"; seconds: number; words: string;
}
/** What the organizer proposes to the president (R4.4). */
export interface ProposedView { position: number; ending: "stop" | "postpone"; by: string; words: string | null }
/** Trouble with the line that the candidate or their aid reported and nobody has settled. */
export interface SignalledTrouble { position: number; at: number; name: string; kind_words: string }

/** What the candidate alone is told. */
export interface ForCandidate {
  message?: string[]; points?: string[]; sanctions_told?: SanctionsTold | null;
  suspicion?: SuspicionView | null;
  /** "presentation", "questions": how long each is planned to last, extra time included; how much of that is extra
   * time (R10.1), without the others. */
  durations?: Record<string, number>; extra_time?: Record<string, number>;
  warnings?: WarningView[];
  lost_time?: string[];       // a sentence for each cut of this attempt, and what became of it (X9)
  held?: HeldView;
  after?: AfterView;
}
/** Why the jury cannot receive the candidate (R6.6), as it is told to them. */
export interface HeldView { title: string; words: string }
/** The organizer's written warning (R4.4). */
export interface WarningView { position: number; at: number; by: string; words: string | null }
/** `answered`: the candidate has said what they had to say to each. */
export interface SanctionsTold { words: string[]; answered: boolean }
export interface AfterView { results_by: string /* YYYY-MM-DD */; paragraphs: string[]; kept: string }

export interface Happened { position: number; at: number; event: string; words: string; polite: boolean }
/** `kind_words`: what the caller chose; `words`: what they wrote. Either may be "". */
export interface Problem {
  position: number; at: number; from: string; kind_words: string; words: string; settled: boolean;
}
export interface RoomMessage { position: number; at: number; words: string }

export interface View extends RoomView { closed: Closed; happened: Happened[] }
/** What follows from the session's state alone. */
export interface RoomView extends OwnActs {
  position: number; now: number;
  seat: Person;
  session: SessionHead;
  people: Person[];
  jury: string[];                                // the seats of those who sit, none of them recused, in order
  designation: Designation | null;               // for a juror who may choose
  hearing: Hearing | null;                       // the one this seat is concerned with now
  day: DayHearing[];
  media: MediaRights;
  messages: RoomMessage[]; problems: Problem[];
}
export interface SessionHead {
  id: string; date: string; certification: string; short_certification: string; provisional_wording: boolean;
  closed: boolean;
  /** Who watches and stays when the jury is alone (R2.3), by name: they see and hear, and do not speak. */
  staying: string[];
}
export interface DayHearing extends PhaseView {
  id: string; name: string; initials: string; starts_at: number; phase_words: string; current: boolean;
  recuse: Act | null;                            // where this juror may still withdraw
}
/** R3.1, while nobody who was chosen is there to preside: among whom, and what each juror (by seat) has chosen. */
export interface Designation { choices: string[]; votes: Record<string, string> }
/** `next`: the one primary act of this seat; `acts`: the others offered now (Pause, Recuse, …). */
export interface OwnActs { next: Act | null; acts: Act[] }
export interface MediaRights { publish: Source[]; view: string[] }

/** What this person has closed by hand; a higher `version` is newer. */
export interface Closed { camera: boolean; microphone: boolean; version: number }

export interface Live {
  sources: LiveSource[];
  quality: Record<string, LiveQuality>;   // by seat
  check?: LiveCheck;
  presence?: LivePresence[];
  technical?: LiveTechnical[];            // the organizer alone
}
export interface LiveSource { seat: string; source: Source; state: "live" | "silent" }
export type Level = "good" | "fair" | "poor" | "lost";
export interface LiveQuality { words: string; level: Level }
/** How the check goes, in words for this seat: the candidate and the jurors of the hearing. */
export interface LiveCheck { hearing: string; state: "waiting" | "looking" | "comparing"; words: string }
/** R6.4, jurors of the hearing alone, while the jury requires visibility: what the camera shows, in neutral words with
 * the time it was first seen; gone when it passes. A juror may write an incident about one (RecordIncident). */
export interface LivePresence {
  name: "absent" | "several" | "dark" | "blank" | "frozen" | "looped" | "stopped"; words: string; since: number;
}
export interface LiveTechnical {
  seat: string; role: "publish" | "view"; source: Source; bitrate: number; loss: number; rtt: number | null;
}

/** The organizer's board: GET seat/ID/board/events, event: board, data: Board */
export interface Board {
  now: number;
  sessions: BoardSession[];
  /** Calls for help: those nobody has settled first, then the newest. `seat`: who calls. */
  calls: BoardCall[];
}
export interface BoardCall extends Problem { session: string; seat: string }
export interface BoardSession {
  id: string;
  /** The organizer's own seat in that session: acts about it go to seat/SEAT/commands. */
  seat: string;
  /** The awarding body, under which the day has its page in the offices. */
  body: string;
  date: string; certification: string; short_certification: string; closed: boolean; president: string | null;
  /** The jury is alone now: nothing reaches the organizer, nor can they write to the room's people about it. */
  in_private: boolean;
  /** The journal may be exported. */
  journal: boolean;
  /** The provider has no agreement on the day (R1.7): said in a sentence; null where it has one. */
  without_agreement: string | null;
  observers: BoardPerson[];
  hearings: BoardHearing[];
  incident_doors: IncidentDoors;
}
export interface BoardHearing extends PhaseView {
  id: string; name: string; initials: string; starts_at: number; phase_words: string; current: boolean;
  clock: Clock | null;
  /** Whom one waits for ("" nobody; `awaited_you`: the reader) and for what; nothing of what is deliberated. */
  awaited_who: string; awaited: string; awaited_you: boolean;
  /** What the candidate has still to supply, in words. */
  missing: string[];
  /** The candidate is in the waiting room. */
  waiting: boolean;
  /** As in `Hearing`: a planned human aid is not connected (R10.1). */
  aid_absent: string | null;
  incidents: IncidentView[] | null;   // null behind closed doors
  case_open: boolean;         // of the candidacy, whatever it came from: nothing of it is awarded meanwhile
  may_note: boolean;          // an incident or a suspicion, by the organizer, now
  people: BoardPerson[];
  empty_seats: number;
  /** RecordNoShow, PostponeHearing where they are possible now. */
  acts: Act[];
  has_record: boolean;
  /** Copies of the identity document: where they may be seen. */
  copies?: DocumentView[];
  /** When the last juror signed. */
  ended_at: number | null;
}
/** `quality`: the media line in words, null for somebody without media. */
export interface BoardPerson extends Person {
  quality: string | null; level: Level | null; link_opened: boolean;
  /** Which browser holds the seat, or why none does any more, with when, in words; "" where none ever did. */
  login: string;
  /** Needed at this examination now, free to come and go, or gone for good. */
  part: "needed" | "free" | "gone";
  /** Is to be seen and heard in the room now. */
  sends: boolean;
}
