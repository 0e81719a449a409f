/** The same words in Vietnamese and English. */
export interface Text {
  readonly vi: string;
  readonly en: string;
}
/** A day of Vietnam, such as `2026-02-12`. */
export type Day = string;
/** ISO 8601 text with its offset. What this package answers is in Vietnamese civil time, `+07:00`. */
export type Moment = string;
export type Certainty = "announced" | "predicted";
export type DayKind = "working" | "weekend" | "holiday" | "tet" | "day_in_lieu" | "swap_off" | "makeup";
export type EndOnDayOff = "next_working_day" | "strict_civil_code" | "none";
export type LateReceipt = "same_day_limits" | "every_limit" | "no_limit";
export type LimitUnit = "working_days" | "working_hours" | "hours" | "days" | "weeks" | "months" | "years" | "same_day" | "immediate";

/** What every refusal is. */
export class OnestopError extends Error {
  private constructor();
  readonly code: "invalid-value" | "calendar-coverage" | "unknown-code" | "invalid-event" | "transition-not-allowed";
  /** The argument or field. */
  readonly place: string;
  readonly text: Text;
  toJSON(): { code: string; place: string; text: Text };
}

/** On what a day rests, as the law tables tell it. */
export interface Basis {
  readonly instrument: string;
  /** `read`, `computed`, `secondary`, `inferred`, `observed` or `unconfirmed`. */
  readonly firmness: string;
  readonly article?: string;
  readonly inForceFrom?: Day;
  readonly inForceTo?: Day;
  readonly issuedOn?: Day;
  readonly issuer?: string;
  readonly announcedOn?: Day;
  readonly source?: string;
  readonly note?: Text;
}

/** What a day is, and why. */
export interface DayInfo {
  readonly date: Day;
  readonly isWorkday: boolean;
  readonly kind: DayKind;
  readonly name: Text;
  /** null for the plain week. */
  readonly basis: Basis | null;
  readonly announcedOn: Day | null;
  readonly certainty: Certainty;
  /** Of a make-up working day: the day off that it makes up for. */
  readonly replaces: Day | null;
  readonly note: Text | null;
}

/** The working days of a five-day week, with every exception and its reason. Made by `calendar()`. */
export interface Calendar {
  readonly name: string;
  readonly asOf: Day | null;
  readonly predicted: "allow" | "refuse";
  readonly coverage: { readonly first: Day; readonly last: Day };
  readonly announcedUntil: Day;
  isWorkday(day: Day): boolean;
  /**
   * The n-th working day strictly after a day, before it for a negative n; for 0 the day itself, or the next one.
   * @example calendar().add("2026-02-12", 5) // "2026-02-26"
   */
  add(day: Day, n: number): Day;
  /**
   * The working days after `start`, up to and including `end`; negative where `end` comes first.
   * @example calendar().count("2026-02-12", "2026-02-26") // 5
   */
  count(start: Day, end: Day): number;
  /**
   * @example calendar().next("2026-02-13") // "2026-02-23"
   */
  next(day: Day): Day;
  /**
   * @example calendar().previous("2026-02-23") // "2026-02-13"
   */
  previous(day: Day): Day;
  /**
   * @example calendar().day("2026-01-10").name.en // "Make-up working day for 2026-01-02"
   */
  day(day: Day): DayInfo;
}
/**
 * The calendar of civil servants; `asOf`: as it stood on that day, the rest predicted; `predicted: "refuse"`: nothing of years
 * that nobody has announced.
 * @example calendar().isWorkday("2026-01-10") // true
 * @example calendar("vn-civil", { asOf: "2025-12-24" }).isWorkday("2026-01-02") // true
 */
export function calendar(name?: "vn-civil", options?: { asOf?: Day | null; predicted?: "allow" | "refuse" }): Calendar;

export interface LimitStep {
  readonly unit: LimitUnit;
  /** Exact, in lowest terms: "5", "5/2". */
  readonly amount: string;
  readonly hundredths: number;
  readonly text: Text;
}
/** How long an authority may take. */
export class TimeLimit {
  private constructor();
  readonly steps: readonly LimitStep[];
  readonly text: Text;
  /**
   * Reads "5 working days", "05 ngày làm việc", "trong ngày", sums with "+" and more.
   * @example TimeLimit.parse("không quá 05 ngày làm việc").text.en // "5 working days"
   * @example TimeLimit.parse("0,5 ngày làm việc").steps[0].amount // "1/2"
   */
  static parse(text: string): TimeLimit;
  /**
   * The amount a whole number, or decimal text such as "2.5".
   * @example TimeLimit.of(2, "months").text.vi // "02 tháng"
   */
  static of(amount: number | string, unit: LimitUnit): TimeLimit;
  toString(): string;
}

/** A document under `working-hours.schema.json`. */
export interface HoursDocument {
  schema_version: "1.0";
  week: Partial<Record<"monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday", string[]>>;
  seasons?: { first: string; last: string; week: HoursDocument["week"] }[];
  make_up?: "replaced_day" | "own_weekday";
}
/** The office hours of an agency. */
export class WorkingHours {
  private constructor();
  /** Sessions such as "07:30-11:30", from Monday to Sunday. */
  readonly week: readonly (readonly string[])[];
  readonly seasons: readonly { readonly first: string; readonly last: string; readonly week: readonly (readonly string[])[] }[];
  readonly makeUp: "replaced_day" | "own_weekday";
  /**
   * @example WorkingHours.parse("Sáng: 7h30 - 11h30; chiều: 13h30 - 17h").toString() // "07:30-11:30, 13:30-17:00"
   */
  static parse(text: string): WorkingHours;
  static fromDocument(document: HoursDocument): WorkingHours;
  toDocument(): HoursDocument;
  sessions(calendar: Calendar, day: Day): string[];
  toString(): string;
}
/** The hours used where an agency states none: observed, not law. */
export function officeHours(): WorkingHours;

export interface Measure {
  /** Exact: "5", "7/2". */
  readonly amount: string;
  readonly unit: "working_days" | "working_hours" | "hours";
  readonly text: Text;
}
export interface Status {
  readonly code: "not_started" | "running" | "paused" | "due_today" | "overdue" | "finished" | "finished_late";
  /** What is left, or by how much the limit is passed; null while nothing is counted. */
  readonly measure: Measure | null;
  readonly text: Text;
}

export interface CountingOptions {
  /** Default: `calendar()`. */
  calendar?: Calendar;
  hours?: WorkingHours | string | null;
  endOnDayOff?: EndOnDayOff;
  lateReceipt?: LateReceipt;
}
export interface DueOptions extends CountingOptions {
  /** When the time stood still: pairs [start, end], the end null while it lasts. */
  pauses?: readonly (readonly [Moment | Date, Moment | Date | null])[];
}
/** A due moment with what it was counted from. */
export interface Deadline {
  readonly at: Moment;
  readonly day: Day;
  readonly certainty: Certainty;
  readonly receivedAt: Moment;
  readonly limit: TimeLimit;
  readonly calendar: Calendar;
  readonly hours: WorkingHours | null;
  readonly pauses: readonly (readonly [Moment, Moment | null])[];
  readonly policies: { readonly endOnDayOff: EndOnDayOff; readonly lateReceipt: LateReceipt };
  /**
   * How the case stands at `now`.
   * @example due("2026-02-12T09:30+07:00", "5 working days").status({ now: "2026-03-02T08:00+07:00" }).text.vi // "quá hạn 02 ngày làm việc"
   */
  status(options: { now: Moment | Date }): Status;
  left(options: { at: Moment | Date }): Measure;
  used(options: { until: Moment | Date }): Measure;
}
/**
 * When the result is due; the day of receipt is not counted (Civil Code 2015, article 147(2)).
 * @example due("2026-02-12T09:30+07:00", "5 working days").at // "2026-02-26T23:59:59+07:00"
 * @example due("2026-02-12T15:30+07:00", "trong ngày", { hours: "07:30-11:30, 13:30-17:00" }).at // "2026-02-13T17:00:00+07:00"
 * @example due("2026-01-31T09:00+07:00", "1 month").at // "2026-03-02T23:59:59+07:00"
 */
export function due(receivedAt: Moment | Date, limit: TimeLimit | string, options?: DueOptions): Deadline;
/**
 * By when a dossier handed in at the desk must be with the body that handles it: the same working day; after 15:00 the start
 * of the next (Decree 118/2025/NĐ-CP, article 18(2)).
 * @example transferDue("2026-02-13T15:01+07:00") // "2026-02-23T07:00:00+07:00"
 */
export function transferDue(receivedAt: Moment | Date, options?: { calendar?: Calendar; hours?: WorkingHours | string }): Moment;

export type Act = "start" | "pause" | "resume" | "restart" | "extend" | "reschedule" | "promise" | "stop";
export interface ActOptions {
  promise?: Moment | Date;
  by?: TimeLimit | string;
  reason?: string;
}
/**
 * What a clock recorded so far. Every act returns a new clock; a refusal leaves this one as it was.
 * @example new Clock().start("2026-03-02T09:00+07:00").pause("2026-03-04T09:00+07:00").phase // "paused"
 */
export class Clock {
  constructor();
  readonly phase: "not_started" | "running" | "paused" | "stopped";
  readonly count: number;
  readonly stoppedAt: Moment | null;
  take(act: Act, at: Moment | Date, options?: ActOptions): Clock;
  start(at: Moment | Date, options?: { promise?: Moment | Date }): Clock;
  pause(at: Moment | Date): Clock;
  resume(at: Moment | Date, options?: { promise?: Moment | Date }): Clock;
  restart(at: Moment | Date, options?: { promise?: Moment | Date }): Clock;
  extend(at: Moment | Date, options: ActOptions): Clock;
  reschedule(at: Moment | Date, options: { promise: Moment | Date; reason: string }): Clock;
  promise(at: Moment | Date, promise: Moment | Date): Clock;
  stop(at: Moment | Date): Clock;
}
/** A clock, counted. */
export interface Countdown {
  readonly clock: Clock;
  readonly limit: TimeLimit;
  readonly calendar: Calendar;
  readonly hours: WorkingHours | null;
  readonly policies: Deadline["policies"];
  /** As the law counts it; null before the receipt. */
  due(): Deadline | null;
  readonly counted: Moment | null;
  /** What was promised last in the present count, as it was written down. */
  readonly promised: Moment | null;
  /** What was promised last, moved by the waiting since; else what the law counts. */
  readonly inForce: Moment | null;
  inForceAt(now: Moment | Date): Moment | null;
  status(options: { now: Moment | Date }): Status;
  left(options: { now: Moment | Date }): Measure | null;
  used(options: { now: Moment | Date }): Measure | null;
}
/**
 * A clock, counted within a limit.
 * @example countdown(new Clock().start("2026-03-02T09:00+07:00"), "5 working days").counted // "2026-03-09T23:59:59+07:00"
 */
export function countdown(clock: Clock, limit: TimeLimit | string, options?: CountingOptions): Countdown;

/** Conventions of offices that are met in the field, by code. None is law. */
export function conventions(): readonly { readonly code: string; readonly name: Text }[];
/**
 * The due moment by such a convention; null where it cannot arise.
 * @example countedOtherwise(due("2026-10-05T09:30+07:00", "5 working days"), "receipt_day_counted") // "2026-10-09T23:59:59+07:00"
 */
export function countedOtherwise(due: Deadline | Countdown, convention: string): Moment | null;

export class AgencyCode {
  private constructor();
  readonly text: string;
  readonly isOldOrder: boolean;
  readonly levelOne: string;
  /**
   * @example AgencyCode.parse("000.00.04.G18").levelOne // "G18"
   */
  static parse(text: string): AgencyCode;
  toString(): string;
}
export class ProcedureCode {
  private constructor();
  readonly short: string;
  readonly owner: AgencyCode | null;
  /**
   * @example ProcedureCode.parse("3.000181.000.00.00.H22").short // "3.000181"
   */
  static parse(text: string): ProcedureCode;
  toString(): string;
}
export class DossierCode {
  private constructor();
  readonly text: string;
  /** Of a form that nobody here knows; then only its text says anything. */
  readonly isForeign: boolean;
  readonly agency: AgencyCode | null;
  readonly day: Day | null;
  readonly sequence: bigint | null;
  /**
   * @example DossierCode.parse("G09.20-20260609-0092637").day // "2026-06-09"
   */
  static parse(text: string): DossierCode;
  /**
   * That no number is given out twice is the host's to ensure.
   * @example DossierCode.of("H26.12", "2026-02-12", 7).text // "H26.12-260212-0007"
   */
  static of(
    agency: AgencyCode | string,
    day: Day,
    sequence: number | bigint,
    options?: { digitsOfDay?: 6 | 8; width?: number },
  ): DossierCode;
  toString(): string;
}

/**
 * The day in Vietnam at a moment, whatever the zone of the machine.
 * @example dayOf("2026-02-12T18:00:00Z") // "2026-02-13"
 */
export function dayOf(moment: Moment | Date): Day;

export interface Problem {
  readonly path: string;
  readonly rule: string;
  readonly text: Text;
}
/**
 * Why a receipt of a deadline does not hold; nothing if it does. Throws on nothing. Its days are compared with the calendar that
 * it names, with one of yours, or (`told`) with none.
 * @example verify({}).map((problem) => problem.rule) // ["receipt/content"]
 */
export function verify(receipt: unknown, options?: { calendar?: Calendar | "named" | "told" }): Problem[];
/** SHA-256 of a document without its member `digest`. */
export function digestOf(document: { [member: string]: unknown }): string;
