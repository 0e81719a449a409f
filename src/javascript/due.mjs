// When a result is due: `due` counts a limit from a receipt, `transferDue` the hand-over to the body that handles it.
import { calendar as calendarOf, daysOf } from "./calendar.mjs";
import { countAll, isLate } from "./counting.mjs";
import { invalid, oneOf } from "./errors.mjs";
import { hoursOf, officeHours, officeOf } from "./hours.mjs";
import { limitOf } from "./limits.mjs";
import { dayOfMoment, max, min, onDay, readMoment, showDay, showMoment } from "./moments.mjs";
import { leftAt, standing, timeBetween } from "./status.mjs";

const END_ON_DAY_OFF = ["next_working_day", "strict_civil_code", "none"];
const LATE_RECEIPT = ["same_day_limits", "every_limit", "no_limit"];

/** What a limit is counted in, as somebody gave it; and what counting needs of it. */
export function settingOf(
  limit,
  { calendar = calendarOf(), hours = null, endOnDayOff = "next_working_day", lateReceipt = "same_day_limits" },
) {
  const told = { limit: limitOf(limit), calendar, hours: hoursOf(hours) };
  const policies = Object.freeze({
    endOnDayOff: oneOf("endOnDayOff", endOnDayOff, END_ON_DAY_OFF),
    lateReceipt: oneOf("lateReceipt", lateReceipt, LATE_RECEIPT),
  });
  ensureCountable(told.limit.steps, told.hours);
  return { ...told, policies, setting: { days: daysOf(calendar), hours: told.hours, policies } };
}

/** A part of a working day without the hours of the agency would rest on a guess. */
export function ensureCountable(steps, hours) {
  const broken = hours === null && steps.find((step) => step.unit === "working_days" && step.hundredths % 100 !== 0);
  if (broken) {
    throw invalid(
      "limit",
      broken.text.vi,
      "giờ làm việc của cơ quan (hours), vì thời hạn có phần lẻ của ngày",
      "the office hours of the agency (hours), since the limit has a part of a day",
    );
  }
}

/** Waits in order, those that overlap or touch as one; of one that lasts, what has passed for certain stands apart. */
export function readWaits(pauses) {
  if (!Array.isArray(pauses)) throw invalid("pauses", pauses, "các cặp [bắt đầu, kết thúc]", "pairs [start, end]");
  const given = pauses.map((pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw invalid("pauses", pair, "cặp [bắt đầu, kết thúc]", "a pair [start, end]");
    const [from, to] = [readMoment(pair[0], "pauses"), pair[1] === null ? null : readMoment(pair[1], "pauses")];
    if (to !== null && to < from) throw invalid("pauses", pair, "kết thúc sau khi bắt đầu", "an end not before its start");
    return [from, to];
  });
  const closed = given.filter(([, to]) => to !== null);
  const open = given.filter(([, to]) => to === null).map(([from]) => from);
  const lasting = open.length ? open.reduce(min) : null;
  const known = given.map(([from, to]) => to ?? from).reduce(max, lasting ?? 0n);
  if (lasting !== null) closed.push([lasting, known]);
  closed.sort((a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? -1 : 1));
  const out = [];
  for (const [from, to] of closed) {
    const before = out[out.length - 1];
    if (before && from <= before[1]) before[1] = max(before[1], to);
    else out.push([from, to]);
  }
  if (lasting !== null) {
    if (out[out.length - 1][0] === known) out.pop(); // nothing of it has passed yet
    out.push([known, null]);
  }
  return out;
}

const showWaits = (waits) =>
  Object.freeze(waits.map(([from, to]) => Object.freeze([showMoment(from), to === null ? null : showMoment(to)])));

const counts = new WeakMap();

/** A due moment with what it was counted from. Made by `due`, or by the `due()` of a `Countdown`. */
export class Deadline {
  constructor(told, count) {
    this.at = showMoment(count.due);
    this.day = showDay(dayOfMoment(count.due));
    this.certainty = dayOfMoment(count.due) <= told.setting.days.announcedUntil ? "announced" : "predicted";
    this.receivedAt = showMoment(count.received);
    this.limit = told.limit;
    this.calendar = told.calendar;
    this.hours = told.hours;
    this.pauses = showWaits(count.waits);
    this.policies = told.policies;
    Object.freeze(this);
    counts.set(this, { ...count, steps: told.limit.steps, setting: told.setting });
  }

  status({ now }) {
    const count = countOf(this);
    return standing(readMoment(now, "now"), count, count);
  }

  /** The time left at a moment, waiting not counted; nothing after the limit. */
  left({ at }) {
    const { due: end, received, waits, ...within } = countOf(this);
    return leftAt(readMoment(at, "at"), end, received, waits, within);
  }

  /** The time counted from the receipt until a moment, or until the end of the case, waiting not counted. */
  used({ until }) {
    const { received, ended, waits, ...within } = countOf(this);
    const end = readMoment(until, "until");
    return timeBetween(received, ended === null ? end : min(end, ended), waits, within);
  }
}

export const countOf = (deadline) => counts.get(deadline);

export function due(receivedAt, limit, { pauses = [], ...options } = {}) {
  const received = readMoment(receivedAt, "receivedAt");
  const told = settingOf(limit, options);
  const waits = readWaits(pauses);
  const end = countAll(received, told.limit.steps, told.setting, waits);
  return new Deadline(told, { due: end, received, waits, extensions: [], ended: null });
}

export function transferDue(receivedAt, { calendar = calendarOf(), hours = officeHours() } = {}) {
  const at = readMoment(receivedAt, "receivedAt");
  const [days, office] = [daysOf(calendar), officeOf(hoursOf(hours))];
  const n = dayOfMoment(at);
  if (!days.isWorkday(n)) return showMoment(office.closing(days, days.next(n)));
  return showMoment(isLate(at) ? office.add(days, onDay(days.next(n), 0n), 0n) : office.closing(days, n));
}
