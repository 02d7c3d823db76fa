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
 *   evaluation/commands.py.
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
  | "closed" | "no_show" | "stopped";

export interface Person {
  seat: string; role: Role; name: string; first_name: string; initials: string;
  category: Category | null;
  /** "représente les employeurs", "candidate", … */
  role_words: string;
  president: boolean; present: boolean; recused: boolean; you: boolean;
}

/** An act offered to this seat now. `why` is the refusal's words when it is not allowed yet. */
export interface Act { command: string; label: string; allowed: boolean; why: string | null; fields: Record<string, unknown> }

export interface Clock {
  phase: string;
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
export interface OwnGrid { closed: boolean; marks: Record<string, OwnMark>; points: number[]; note: string | null; why_not_closed: string[] }

export interface IncidentView {
  position: number; at: number; by: string; phase_words: string; clock: number | null;
  kind: string; kind_words: string; suspected_fraud: boolean; words: string | null; evidence: string[]; sanctions_told: boolean;
}
export interface DocumentView { id: string; kind: string; title: string; pages: number; supplied_at: number }
export interface CaptureView { id: string; at: number; seat: string; by: string }

export interface IdentityView {
  state: "undecided" | "decided"; finding: string | null; course: string | null; words: string | null; decided_at: number | null; by: string | null;
  opinions: { seat: string; name: string; conform: boolean; words: string | null }[];
  waiting_for: string[];      // names of the jurors not heard yet
  copies: DocumentView[];     // front, back: jurors, organizer
  captures: CaptureView[];
}

export interface ConsensusRow {
  competency: string; own: Record<string, OwnMark>;   // by juror seat
  differs: boolean; proposed: Mark | null; confirmed: string[]; /* seats */ reached: boolean; disputed: boolean;
}
export interface BlockOutcome { code: string; title: string; validated: boolean | null; kept: boolean; acquired: number; total: number; reasons: string[] }
export interface Deliberation {
  opened_at: number; suspended: boolean; since_dismissal: number;
  jurors: string[];           // seats, in column order
  rows: ConsensusRow[];
  blocks: BlockOutcome[]; outcome: "full" | "partial" | "none" | null; outcome_words: string; complete: boolean;
  sought: string[];           // the blocks that the candidate presents, each with its recommendation
  /** neither an open question (a declared disagreement is none) nor a signature */
  advice_open: boolean;
  partial_allowed: boolean;   // only a registered certification is awarded in part
  recommendations: { block: string | null; advice: "award" | "partial" | "refuse"; words: string | null; departs: boolean }[];
  signatures: { seat: string; signed_at: number | null; refused: boolean; words: string | null }[];
  missing: { what: string; anchor: string }[];  // "Un consensus sur C1.2" → "#C1.2"
  frozen: boolean;            // the first signature is there
}

export interface Hearing {
  id: string; candidate: Person; starts_at: number; phase: Phase; phase_words: string; next_words: string | null;
  /** "À vous maintenant": one sentence for this seat */
  expected: string;
  clock: Clock | null;
  steps: { words: string; state: "done" | "now" | "later" }[];
  required_visible: boolean;
  prevention: "pending" | "acknowledged" | "refused" | "waived"; 
  waiting: boolean;           // the candidate is in the waiting room
  sheet: { state: "not_yet" | "due" | "signed" | "refused" | "waived"; signed_at: number | null };
  reminder: { words: string; said: boolean }[];
  identity: IdentityView | { state: "undecided" | "decided"; copies?: DocumentView[] };   // the candidate sees only own copies
  extra_words: string | null; // adjustments, as the jury may see them
  // juror and president
  blocks?: Block[]; definitions?: { A: string; NA: string }; points?: string[]; not_examined?: string[]; examined?: string[];
  grid?: OwnGrid; grids_closed?: string[];  // seats whose own grid is closed
  incidents?: IncidentView[]; documents?: DocumentView[]; deliberation?: Deliberation;
  president_votes?: Record<string, string>;
  // candidate
  message?: string[]; sanctions_told?: { words: string[] } | null;
  durations?: Record<string, number>;         // "presentation", "questions": how long each is planned to last, extra time included
  after?: { results_by: string /* YYYY-MM-DD */; paragraphs: string[] };
  attempts: number; lost_over_half: boolean;
}

export interface Happened { position: number; at: number; kind: string; words: string; polite: boolean }
export interface Problem { position: number; at: number; from: string; words: string; settled: boolean }
export interface RoomMessage { position: number; at: number; words: string }

export interface View {
  position: number; now: number;
  seat: Person;
  session: { id: string; date: string; certification: string; short_certification: string; provisional_wording: boolean; closed: boolean };
  people: Person[];
  hearing: Hearing | null;                       // the one this seat is concerned with now
  day: { id: string; name: string; initials: string; starts_at: number; phase: Phase; phase_words: string; current: boolean }[];
  next: Act | null;                              // the one primary act of this seat
  acts: Act[];                                   // the others offered now (Pause, Recuse, …)
  media: { publish: ("main" | "second")[]; view: string[] };
  messages: RoomMessage[]; problems: Problem[];
  happened: Happened[];
}

export interface Live {
  sources: { seat: string; source: "main" | "second"; state: "live" | "silent" }[];
  quality: Record<string, { words: string; level: "good" | "fair" | "poor" | "lost" }>;   // by seat
  technical?: { seat: string; role: string; source: string; bitrate: number; loss: number; rtt: number | null }[]; // organizer
}

/** The organizer's board: GET seat/ID/board/events, event: board, data: Board */
export interface Board {
  now: number;
  sessions: BoardSession[];
  /** Calls for help: those nobody has settled first, then the newest. `seat`: who calls. */
  calls: { session: string; seat: string; position: number; at: number; from: string; words: string; settled: boolean }[];
}
export interface BoardSession {
  id: string;
  /** The organizer's own seat in that session: acts about it go to seat/SEAT/commands. */
  seat: string;
  date: string; certification: string; short_certification: string; closed: boolean; president: string | null;
  /** The jury is alone now: nothing reaches the organizer, nor can they write to the room's people about it. */
  in_private: boolean;
  /** The journal may be exported. */
  journal: boolean;
  observers: BoardPerson[];
  hearings: BoardHearing[];
}
export interface BoardHearing {
  id: string; name: string; initials: string; starts_at: number; phase: Phase; phase_words: string; current: boolean; clock: Clock | null;
  /** Whom one waits for ("" nobody; `awaited_you`: the reader) and for what, in words; nothing of the deliberation's content. */
  awaited_who: string; awaited: string; awaited_you: boolean;
  /** What the candidate has still to supply, in words. */
  missing: string[];
  incidents: IncidentView[] | null;   // null behind closed doors
  people: BoardPerson[];
  empty_seats: number;
  /** RecordNoShow, PostponeHearing where they are possible now. */
  acts: Act[];
  has_record: boolean;
  /** When the last juror signed. */
  ended_at: number | null;
}
/** `quality`: the media line in words, null for somebody without media. */
export type BoardPerson = Person & { quality: string | null; level: "good" | "fair" | "poor" | "lost" | null; link_opened: boolean };
