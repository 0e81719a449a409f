// The arithmetic of a deadline: where each step of a limit ends, waiting included. Three laws hold for every unit, policy,
// calendar and hours: a longer limit, a later receipt and a longer wait never give an earlier end; an end never lies inside
// a wait that is over; nothing ends before it began.
//
// A setting is `{ days, hours, policies }`: numbered days (days.mjs), office hours or null, and policies. Waits are pairs
// of moments in order, the second null while it lasts.
import { data } from "./data.mjs";
import { officeHours, officeOf } from "./hours.mjs";
import { CALENDAR_UNITS, byTheHour } from "./limits.mjs";
import { DAY, HOUR, LAST_SECOND, MINUTE, bounded, dayOfMoment, max, min, monthsLater, onDay, timeOf, weekday } from "./moments.mjs";

const [LATE_HOUR, LATE_MINUTE] = data.rules.late_after.split(":");
const LATE_AFTER = BigInt(LATE_HOUR) * HOUR + BigInt(LATE_MINUTE) * MINUTE;
const WORKING_DAY = BigInt(data.rules.working_day.split(" ")[0]) * HOUR;

export const isLate = (at) => timeOf(at) > LATE_AFTER;

/** Office hours, or the packaged ones where none are told. */
export const officeFor = (setting) => officeOf(setting.hours ?? officeHours());

/** Where a limit ends with what prolonged it: an extension is `{ at, until }` or `{ at, by }`, `by` being steps. */
export function countAll(start, steps, setting, waits, extensions = []) {
  let [end, number] = countLimit(start, steps, setting, waits, 1);
  for (const { at, until, by } of extensions) {
    if (by) [end, number] = countLimit(end, by, setting, waits, number + 1);
    else end = carried(until, at, steps[steps.length - 1], setting, waits);
  }
  return end;
}

/** When a promise made at a moment falls due: moved by the waiting since, longer by what was added since. */
export function promisedEnd(promise, madeAt, steps, setting, waits, extensions) {
  let end = carried(promise, madeAt, steps[steps.length - 1], setting, waits);
  for (const { at, by } of extensions) if (by && at >= madeAt) [end] = countLimit(end, by, setting, waits, 2);
  return end;
}

function countLimit(start, steps, setting, waits, begin) {
  steps.forEach((step, index) => {
    start = countStep(step, begin + index, start, setting, waitsSince(waits, start));
  });
  return [start, begin + steps.length - 1];
}

function waitsSince(waits, start) {
  if (!waits.length || waits[0][0] >= start) return waits;
  return waits.filter(([, to]) => to === null || to > start).map(([from, to]) => [max(from, start), to]);
}

const afterWaitAt = (start, waits) => (waits.length && waits[0][0] <= start && waits[0][1] !== null ? waits[0][1] : start);

function countStep({ unit, hundredths }, number, start, setting, waits) {
  const part = (whole) => (BigInt(hundredths) * whole) / 100n;
  if (hundredths === 0) return countHours(start, waits, 0n); // no time of its own: it ends where it begins
  if (unit === "working_hours") return countWorkingHours(start, setting, waits, part(HOUR));
  if (unit === "hours") return countHours(start, waits, part(HOUR));
  const whole = Math.floor(hundredths / 100);
  if (hundredths % 100 === 0) return countDays(unit, whole, number, start, setting, waits);
  // Whole days first, then the part; never longer than the next whole number of days, however short those are.
  const since = whole ? countDays(unit, whole, number, start, setting, waits) : start;
  const most = countDays(unit, whole + 1, number, start, setting, waits);
  const rest = BigInt(hundredths % 100);
  if (unit === "working_days") return min(countWorkingHours(since, setting, waitsSince(waits, since), (rest * WORKING_DAY) / 100n), most);
  const from = whole ? onDay(dayOfMoment(since) + 1, 0n) : since;
  return min(countPartOfDay(from, setting, waitsSince(waits, from), (rest * DAY) / 100n), most);
}

// ---- Hours.
function countWorkingHours(start, setting, waits, amount) {
  const office = officeFor(setting);
  const since = afterWaitAt(start, waits);
  let end = office.add(setting.days, since, amount);
  for (const [begin, stop] of waits) {
    if (begin > end) break;
    if (stop !== null && stop > since) end = hoursAfter(end, max(begin, since), stop, setting);
  }
  return end;
}

function hoursAfter(end, begin, stop, setting) {
  const office = officeFor(setting);
  const waited = office.between(setting.days, begin, stop);
  if (waited) end = office.add(setting.days, end, waited);
  return end >= stop ? end : office.add(setting.days, stop, 0n); // nothing is left but to finish
}

function countHours(start, waits, amount) {
  let since = afterWaitAt(start, waits);
  if (amount && timeOf(since) >= LAST_SECOND) since = onDay(dayOfMoment(since) + 1, 0n); // that second stands for 24:00
  let end = bounded(since + amount);
  for (const [begin, stop] of waits) {
    if (begin > end) break;
    if (stop !== null && stop > since) end = bounded(end + stop - max(begin, since));
  }
  return end;
}

// ---- The part of a calendar day stands still on days on which a period may not end.
function countPartOfDay(start, setting, waits, amount) {
  const since = afterWaitAt(start, waits);
  let ran = onEndingDays(since, amount, setting);
  let end = written(ran);
  for (const [begin, stop] of waits) {
    if (begin > end) break;
    if (stop === null || stop <= since) continue;
    const waited = runOnEndingDays(max(begin, since), stop, setting);
    if (waited) ran = onEndingDays(ran, waited, setting);
    end = max(max(end, written(ran)), onEndingDays(stop, 0n, setting));
  }
  return end;
}

/** 24:00, the beginning of the day after, is written as the last second of the day. */
const written = (at) => min(at, onDay(timeOf(at) ? dayOfMoment(at) : dayOfMoment(at) - 1, LAST_SECOND));

function onEndingDays(at, length, setting) {
  for (let n = dayOfMoment(at); ; n += 1, at = onDay(n, 0n)) {
    if (moves(n, setting)) continue;
    const room = onDay(n + 1, 0n) - at;
    if (length <= room) return at + length;
    length -= room;
  }
}

function runOnEndingDays(begin, stop, setting) {
  let run = 0n;
  for (let n = dayOfMoment(begin); begin < stop; n += 1, begin = onDay(n, 0n)) {
    if (!moves(n, setting)) run += min(onDay(n + 1, 0n), stop) - begin;
  }
  return run;
}

// ---- Days.
function countDays(unit, amount, number, start, setting, waits) {
  const { days } = setting;
  const working = !CALENDAR_UNITS.has(unit);
  const since = afterWaitAt(start, waits);
  const day0 = dayZero(unit, since, setting, number === 1);
  let last = firstEnd(unit, amount, day0, days);
  let end = close(working ? last : afterDaysOff(last, setting), setting);
  if (end < since) end = firstClose(since, setting, working); // after hours, of a limit that ends on the day itself
  for (const [begin, stop] of waits) {
    if (begin > end) break;
    if (stop === null || stop <= since) continue;
    const [fromDay, toDay] = [Math.max(dayOfMoment(begin), day0), Math.max(dayOfMoment(stop), day0)];
    if (working) {
      const waiting = days.count(fromDay, toDay);
      if (waiting) last = days.add(last, waiting);
    } else {
      last += toDay - fromDay;
      // Months differ in length: what is left after a wait is never more than the whole from then on.
      if (unit === "months" || unit === "years") last = Math.min(last, firstEnd(unit, amount, toDay, days));
    }
    end = max(end, close(working ? last : afterDaysOff(last, setting), setting));
    if (end < stop) end = firstClose(stop, setting, working);
  }
  return end;
}

/** The day that is not counted; for a limit within the day the day itself. Only the first step is received at the desk. */
function dayZero(unit, start, { days, policies }, first) {
  const n = dayOfMoment(start);
  if (unit === "same_day" || unit === "immediate") {
    if (!days.isWorkday(n)) return days.next(n);
    return unit === "same_day" && policies.lateReceipt !== "no_limit" && isLate(start) ? days.next(n) : n;
  }
  if (policies.lateReceipt === "every_limit" && first) return !days.isWorkday(n) || isLate(start) ? days.next(n) : n;
  return n;
}

function firstEnd(unit, amount, day0, days) {
  switch (unit) {
    case "working_days":
      return days.add(day0, amount);
    case "days":
      return day0 + amount;
    case "weeks":
      return day0 + 7 * amount;
    case "months":
      return monthsLater(day0, amount);
    case "years":
      return monthsLater(day0, 12 * amount);
    default:
      return day0; // within the day, at once
  }
}

/** Whether a period whose last day this is ends later. The strict reading knows weekends and holidays, and nothing else. */
function moves(n, { days, policies }) {
  if (policies.endOnDayOff === "strict_civil_code") return weekday(n) >= 5 || ["holiday", "tet"].includes(days.day(n).kind);
  return policies.endOnDayOff === "next_working_day" && !days.isWorkday(n);
}

function afterDaysOff(n, setting) {
  while (moves(n, setting)) n += 1;
  return n;
}

const close = (n, { hours, days }) => (hours ? officeOf(hours).closing(days, n) : onDay(n, LAST_SECOND));

function firstClose(at, setting, working) {
  for (let n = dayOfMoment(at); ; n += 1) {
    const ends = working ? setting.days.isWorkday(n) : !moves(n, setting);
    if (ends && close(n, setting) >= at) return close(n, setting);
  }
}

// ---- A promise is moved by the waiting since it was made, in the unit in which the limit ends.
function carried(at, madeAt, step, setting, waits) {
  const spans = waitsSince(waits, madeAt);
  if (spans.length && !byTheHour(step)) return carriedByDays(at, spans, setting, !CALENDAR_UNITS.has(step.unit));
  for (const [begin, stop] of spans) {
    if (begin > at || stop === null) break;
    at = step.unit === "hours" ? bounded(at + stop - begin) : hoursAfter(at, begin, stop, setting);
  }
  return at;
}

function carriedByDays(at, spans, setting, working) {
  const { days } = setting;
  const time = timeOf(at);
  let last = dayOfMoment(at);
  for (const [begin, stop] of spans) {
    if (begin > at || stop === null) break;
    const [fromDay, toDay] = [dayOfMoment(begin), dayOfMoment(stop)];
    const waited = working ? days.count(fromDay, toDay) : toDay - fromDay;
    if (waited) {
      last = working ? days.add(last, waited) : last + waited;
      at = max(at, onDay(working ? last : afterDaysOff(last, setting), time));
    }
    for (let n = toDay; at < stop; n += 1) {
      if (working ? days.isWorkday(n) : !moves(n, setting)) at = max(at, onDay(n, time));
    }
  }
  return at;
}
