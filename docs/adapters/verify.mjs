// Verifies receipts of deadlines (schemas/deadline-receipt.schema.json) in JavaScript: Node.js 18 or later, standard
// library only. It counts again from what the receipt itself tells; whether its days are those of the calendar that it
// names, only somebody who has that calendar can say.
// Run: node verify.mjs RECEIPT.json...   exit code 0: all hold, 1: one does not, 2: one cannot be read.
//      node verify.mjs --lines           one receipt a line on standard input, one verdict a line on standard output.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

class Wrong extends Error {}
const refuse = (why) => { throw new Wrong(why); };

// ---- Days are whole numbers, counted from 1970-01-01; moments are microseconds of Vietnamese civil time, as BigInt.
const MICROS_OF_DAY = 86_400_000_000n;
const HOUR = 3_600_000_000n;
const MINUTE = 60_000_000n;
const LAST_SECOND = MICROS_OF_DAY - 1_000_000n; // 23:59:59 stands for 24:00
const MAX_DAYS = 40_000;
const LAST_MOMENT = BigInt(Date.UTC(9999, 11, 31) / 1000 / 86400 + 1) * MICROS_OF_DAY;

const showDay = (n) => new Date(n * 86_400_000).toISOString().slice(0, 10);
const readDay = (text) => {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) refuse(`no date: ${text}`);
  const [y, m, d] = text.split("-").map(Number);
  const n = Date.UTC(y, m - 1, d) / 86_400_000;
  return y > 0 && showDay(n) === text ? n : refuse(`no date: ${text}`);
};
const weekday = (n) => (((n + 3) % 7) + 7) % 7; // Monday is 0
const dayOf = (at) => Number((at - timeOf(at)) / MICROS_OF_DAY);
const timeOf = (at) => ((at % MICROS_OF_DAY) + MICROS_OF_DAY) % MICROS_OF_DAY;
const onDay = (n, time) => bounded(BigInt(n) * MICROS_OF_DAY + time);
const bounded = (at) => (at < LAST_MOMENT ? at : refuse("a moment after the year 9999"));
const max = (a, b) => (a > b ? a : b);
const min = (a, b) => (a < b ? a : b);
const readMoment = (text) => {
  const found = /^([1-9]\d{3}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{6}))?\+07:00$/.exec(text);
  if (!found) refuse(`no moment: ${text}`);
  const [, day, hours, minutes, seconds, micros] = found;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) refuse(`no moment: ${text}`);
  const time = BigInt(hours) * HOUR + BigInt(minutes) * MINUTE + BigInt(seconds) * 1_000_000n + BigInt(micros ?? 0);
  return onDay(readDay(day), time);
};
const two = (n) => String(n).padStart(2, "0");
const showMoment = (at) => {
  const time = timeOf(at);
  const micros = time % 1_000_000n;
  const seconds = Number(time / 1_000_000n);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${showDay(dayOf(at))}T${clock}${micros ? `.${String(micros).padStart(6, "0")}` : ""}+07:00`;
};

// ---- Limits, in the one spelling that a receipt has: amounts in hundredths.
const UNITS = {
  "working day": ["working_days", 9999, true],
  "working hour": ["working_hours", 9999, true],
  hour: ["hours", 9999, true],
  day: ["days", 9999, true],
  week: ["weeks", 1400, false],
  month: ["months", 1200, false],
  year: ["years", 100, false],
};
function readLimit(text) {
  const steps = text.split(" + ").map((piece) => {
    if (piece === "within the day") return { unit: "same_day", amount: 100n };
    if (piece === "immediately") return { unit: "immediate", amount: 100n };
    const found = /^(0|[1-9][0-9]{0,3})(?:\.([0-9]?[1-9]))? ([a-z ]+)$/.exec(piece);
    if (!found) refuse(`no time limit: ${piece}`);
    const amount = BigInt(found[1]) * 100n + BigInt((found[2] ?? "").padEnd(2, "0"));
    const named = UNITS[amount === 100n ? found[3] : found[3].replace(/s$/, "")];
    if (!named || (amount !== 100n && !found[3].endsWith("s"))) refuse(`no time limit: ${piece}`);
    const [unit, most, parts] = named;
    if (amount > BigInt(most) * 100n || (!parts && (amount % 100n || !amount))) refuse(`no time limit: ${piece}`);
    return { unit, amount };
  });
  return steps.length <= 20 ? steps : refuse("more than 20 steps");
}
const inWorkingHours = (step) =>
  step.unit === "working_hours" || (step.unit === "working_days" && step.amount % 100n !== 0n);

// ---- The calendar: the days that the receipt tells, and nothing of any other day.
function readCalendar(told) {
  const empty = told.from === null && told.to === null;
  const first = empty ? 0 : readDay(told.from);
  const last = empty ? -1 : readDay(told.to);
  const rows = new Map();
  let before = -Infinity;
  for (const row of told.days) {
    const n = readDay(row.date);
    if (n <= before || n < first || n > last) refuse("days out of order, or outside the span of the calendar");
    rows.set((before = n), { ...row, replaces: row.replaces === undefined ? null : readDay(row.replaces) });
  }
  if (!empty && (last < first || last - first >= MAX_DAYS)) refuse("a span of days that is none");
  const seen = (n) => (n >= first && n <= last ? n : refuse(`${showDay(n)} is not among the days told`));
  const isWorkday = (n) => (rows.has(seen(n)) ? rows.get(n).works : weekday(n) < 5);
  const counts = [0]; // working days from the first day to the day before
  for (let n = first; n <= last; n += 1) counts.push(counts[n - first] + (isWorkday(n) ? 1 : 0));
  const works = [];
  for (let n = first; n <= last; n += 1) if (isWorkday(n)) works.push(n);
  const upTo = (n) => counts[seen(n) - first + 1];
  const add = (n, count) => works[upTo(n) + count - 1] ?? refuse("the days told end too early");
  return {
    isWorkday,
    add,
    count: (a, b) => upTo(b) - upTo(a),
    next: (n) => add(n, 1),
    kind: (n) => rows.get(seen(n))?.kind ?? "",
    replaces: (n) => rows.get(seen(n))?.replaces ?? null,
    announcedUntil: readDay(told.announced_until),
  };
}

// ---- Office hours: sessions in microseconds since midnight.
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
function readHours(document, calendar) {
  const clock = (text) => BigInt(text.slice(0, 2)) * HOUR + BigInt(text.slice(3)) * MINUTE;
  const readWeek = (week) => {
    const days = WEEKDAYS.map((name) => (week[name] ?? []).map((session) => session.split("-").map(clock)));
    const sound = days.every((day) => day.every(([a, b], i) => a < b && (i === 0 || day[i - 1][1] < a)));
    return sound && days.slice(0, 5).every((day) => day.length) ? days : refuse("sessions out of order");
  };
  const monthDay = (text) => Number(text.replace("-", ""));
  const week = readWeek(document.week);
  const seasons = (document.seasons ?? []).map((season) => {
    readDay(`2000-${season.first}`);
    readDay(`2000-${season.last}`);
    return { first: monthDay(season.first), last: monthDay(season.last), week: readWeek(season.week) };
  });
  const sessions = (n) => {
    if (!calendar.isWorkday(n)) return [];
    let which = weekday(n);
    if (which >= 5 && (document.make_up ?? "replaced_day") === "replaced_day") {
      const replaced = calendar.replaces(n);
      which = replaced !== null && weekday(replaced) < 5 ? weekday(replaced) : 0;
    }
    const at = monthDay(showDay(n).slice(5));
    const season = seasons.find(({ first, last }) => (first <= last ? first <= at && at <= last : at >= first || at <= last));
    return (season ? season.week : week)[which];
  };
  const total = (n) => sessions(n).reduce((sum, [a, b]) => sum + b - a, 0n);
  const done = (n, time) => sessions(n).reduce((sum, [a, b]) => sum + (time > a ? min(b, time) - a : 0n), 0n);
  const earliest = (n, wanted) => {
    for (const [a, b] of sessions(n)) {
      if (wanted <= b - a) return onDay(n, a + wanted);
      wanted -= b - a;
    }
    return refuse("no more than there is");
  };
  return {
    closing: (n) => {
      const last = sessions(n).at(-1)?.[1] ?? MICROS_OF_DAY;
      return onDay(n, last === MICROS_OF_DAY ? LAST_SECOND : last);
    },
    add: (at, amount) => {
      let n = dayOf(at);
      let time = timeOf(at);
      if (amount === 0n) {
        for (;;) {
          const session = sessions(n).find(([, b]) => time < b);
          if (session) return onDay(n, max(time, session[0]));
          n = calendar.next(n);
          time = 0n;
        }
      }
      let left = amount + done(n, time);
      while (left > total(n)) {
        left -= total(n);
        n = calendar.next(n);
      }
      return earliest(n, left);
    },
    between: (from, to) => {
      let sum = done(dayOf(to), timeOf(to)) - done(dayOf(from), timeOf(from));
      for (let n = dayOf(from); n < dayOf(to); n += 1) sum += total(n);
      return sum;
    },
  };
}

// ---- Counting: where each step of a limit ends, waiting included.
const CALENDAR_UNITS = new Set(["days", "weeks", "months", "years"]);

function countAll(content, setting) {
  let [end, number] = countLimit(content.receivedAt, content.limit, setting, content.waits, 1);
  for (const each of content.extensions) {
    if (each.by) [end, number] = countLimit(end, each.by, setting, content.waits, number + 1);
    else end = carried(each.until, each.at, content.limit.at(-1), setting, content.waits);
  }
  return end;
}

function countLimit(start, steps, setting, pauses, begin) {
  let number = begin;
  steps.forEach((step, index) => {
    number = begin + index;
    start = countStep(step, number, start, setting, since(pauses, start));
  });
  return [start, number];
}

function since(pauses, start) {
  if (!pauses.length || pauses[0][0] >= start) return pauses;
  return pauses.filter(([, to]) => to === null || to > start).map(([from, to]) => [max(from, start), to]);
}

function countStep(step, number, start, setting, pauses) {
  const { unit, amount } = step;
  const hundredths = (whole) => (amount * whole) / 100n;
  if (amount === 0n) return countHours(start, pauses, 0n);
  if (unit === "working_hours") return countWorkingHours(start, setting, pauses, hundredths(HOUR));
  if (unit === "hours") return countHours(start, pauses, hundredths(HOUR));
  const whole = Number(amount / 100n);
  if (amount % 100n === 0n) return countDays(unit, whole, number, start, setting, pauses);
  let from = whole ? countDays(unit, whole, number, start, setting, pauses) : start;
  const part = amount % 100n;
  const most = countDays(unit, whole + 1, number, start, setting, pauses);
  if (unit === "working_days") {
    return min(countWorkingHours(from, setting, since(pauses, from), (part * setting.workingDay * HOUR) / 100n), most);
  }
  if (whole) from = onDay(dayOf(from) + 1, 0n);
  return min(countPart(from, setting, since(pauses, from), (part * 24n * HOUR) / 100n), most);
}

// The part of a calendar day stands still on days on which the period may not end.
function countPart(start, setting, pauses, amount) {
  const from = afterWaitAt(start, pauses);
  let ran = onEndingDays(from, amount, setting);
  let end = written(ran);
  for (const [begin, stop] of pauses) {
    if (begin > end) break;
    if (stop === null || stop <= from) continue;
    const waited = runOnEndingDays(max(begin, from), stop, setting);
    if (waited) ran = onEndingDays(ran, waited, setting);
    end = max(max(end, written(ran)), onEndingDays(stop, 0n, setting));
  }
  return end;
}

// 24:00, the beginning of the day after, is written as the last second of the day.
const written = (moment) => min(moment, onDay(timeOf(moment) ? dayOf(moment) : dayOf(moment) - 1, LAST_SECOND));

function onEndingDays(moment, length, setting) {
  for (let day = dayOf(moment); ; day += 1, moment = onDay(day, 0n)) {
    if (afterDaysOff(day, setting) !== day) continue;
    const room = onDay(day + 1, 0n) - moment;
    if (length <= room) return moment + length;
    length -= room;
  }
}

function runOnEndingDays(begin, stop, setting) {
  let run = 0n;
  for (let day = dayOf(begin); begin < stop; day += 1, begin = onDay(day, 0n)) {
    if (afterDaysOff(day, setting) === day) run += min(onDay(day + 1, 0n), stop) - begin;
  }
  return run;
}

function countWorkingHours(start, setting, pauses, amount) {
  const office = setting.office ?? refuse("no office hours are told, which are needed");
  const from = afterWaitAt(start, pauses);
  let end = office.add(from, amount);
  for (const [begin, stop] of pauses) {
    if (begin > end) break;
    if (stop !== null && stop > from) end = hoursAfter(end, max(begin, from), stop, office);
  }
  return end;
}

function hoursAfter(end, begin, stop, office) {
  const waited = office.between(begin, stop);
  if (waited) end = office.add(end, waited);
  return end >= stop ? end : office.add(stop, 0n);
}

function countHours(start, pauses, amount) {
  let from = afterWaitAt(start, pauses);
  if (amount && timeOf(from) >= LAST_SECOND) from = bounded(onDay(dayOf(from) + 1, 0n)); // 24:00 of that day
  let end = bounded(from + amount);
  for (const [begin, stop] of pauses) {
    if (begin > end) break;
    if (stop !== null && stop > from) end = bounded(end + stop - max(begin, from));
  }
  return end;
}

const afterWaitAt = (start, pauses) =>
  pauses.length && pauses[0][0] <= start && pauses[0][1] !== null ? pauses[0][1] : start;

function countDays(unit, amount, number, start, setting, pauses) {
  const { calendar } = setting;
  const working = !CALENDAR_UNITS.has(unit);
  const from = afterWaitAt(start, pauses);
  const day0 = dayZero(unit, from, setting, number === 1);
  let last = firstEnd(unit, amount, day0, calendar);
  let end = close(working ? last : afterDaysOff(last, setting), setting);
  if (end < from) end = firstClose(from, setting, working);
  for (const [begin, stop] of pauses) {
    if (begin > end) break;
    if (stop === null || stop <= from) continue;
    const fromDay = Math.max(dayOf(begin), day0);
    const toDay = Math.max(dayOf(stop), day0);
    let closes;
    if (working) {
      const waiting = calendar.count(fromDay, toDay);
      last = waiting ? calendar.add(last, waiting) : last;
      closes = close(last, setting);
    } else {
      last += toDay - fromDay;
      if (unit === "months" || unit === "years") last = Math.min(last, firstEnd(unit, amount, toDay, calendar));
      closes = close(afterDaysOff(last, setting), setting);
    }
    end = max(end, closes);
    if (end < stop) end = firstClose(stop, setting, working);
  }
  return end;
}

function dayZero(unit, start, { calendar, policies, lateAfter }, first) {
  const n = dayOf(start);
  const late = timeOf(start) > lateAfter;
  if (unit === "same_day" || unit === "immediate") {
    if (!calendar.isWorkday(n)) return calendar.next(n);
    return unit === "same_day" && policies.late_receipt !== "no_limit" && late ? calendar.next(n) : n;
  }
  if (policies.late_receipt === "every_limit" && first) return !calendar.isWorkday(n) || late ? calendar.next(n) : n;
  return n;
}

function firstEnd(unit, amount, day0, calendar) {
  switch (unit) {
    case "working_days": return calendar.add(day0, amount);
    case "days": return day0 + amount;
    case "weeks": return day0 + 7 * amount;
    case "months": return monthsLater(day0, amount);
    case "years": return monthsLater(day0, 12 * amount);
    default: return day0; // within the day, at once
  }
}

function monthsLater(n, months) {
  const from = new Date(n * 86_400_000);
  const month = from.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), lastDay)) / 86_400_000;
}

function moves(n, { calendar, policies }) {
  if (policies.end_on_day_off === "strict_civil_code") {
    return weekday(n) >= 5 || calendar.kind(n) === "holiday" || calendar.kind(n) === "tet";
  }
  return policies.end_on_day_off === "next_working_day" && !calendar.isWorkday(n);
}

function afterDaysOff(n, setting) {
  while (moves(n, setting)) n += 1;
  return n;
}

const close = (n, { hours }) => (hours ? hours.closing(n) : onDay(n, LAST_SECOND));

function firstClose(at, setting, working) {
  for (let n = dayOf(at); ; n += 1) {
    if ((working ? setting.calendar.isWorkday(n) : !moves(n, setting)) && close(n, setting) >= at) return close(n, setting);
  }
}

// ---- A promise is moved by the waiting since it was made, in the unit in which the limit ends.
function carried(at, promisedAt, step, setting, pauses) {
  const spans = since(pauses, promisedAt);
  if (!spans.length) return at;
  if (step.unit !== "hours" && !inWorkingHours(step)) return carriedByDays(at, spans, setting, !CALENDAR_UNITS.has(step.unit));
  for (const [begin, stop] of spans) {
    if (begin > at || stop === null) break;
    if (step.unit === "hours") at = bounded(at + stop - begin);
    else at = hoursAfter(at, begin, stop, setting.office ?? refuse("no office hours are told, which are needed"));
  }
  return at;
}

function carriedByDays(at, spans, setting, working) {
  const { calendar } = setting;
  const time = timeOf(at);
  let last = dayOf(at);
  for (const [begin, stop] of spans) {
    if (begin > at || stop === null) break;
    if (working) {
      const waited = calendar.count(dayOf(begin), dayOf(stop));
      last = waited ? calendar.add(last, waited) : last;
      at = max(at, onDay(last, time));
    } else if (dayOf(stop) !== dayOf(begin)) {
      last += dayOf(stop) - dayOf(begin);
      at = max(at, onDay(afterDaysOff(last, setting), time));
    }
    for (let n = dayOf(stop); at < stop; n += 1) {
      if (working ? calendar.isWorkday(n) : !moves(n, setting)) at = max(at, onDay(n, time));
    }
  }
  return at;
}

function promisedEnd(content, setting) {
  const { promise } = content;
  if (!promise) return null;
  let end = carried(promise.due, promise.at, content.limit.at(-1), setting, content.waits);
  for (const each of content.extensions) {
    if (each.by && each.at >= promise.at) [end] = countLimit(end, each.by, setting, content.waits, 2);
  }
  return end;
}

// ---- Reading a receipt.
const orNull = (value, read) => (value === null ? null : read(value));

function readContent(receipt) {
  const waits = receipt.waits.map((row) => [readMoment(row.from), orNull(row.to, readMoment)]);
  waits.forEach(([from, to], index) => {
    if (to !== null && to < from) refuse("a wait that ends before it begins");
    const before = waits[index - 1];
    if (before && (before[1] === null || from < before[1])) refuse("waits out of order");
  });
  return {
    receivedAt: readMoment(receipt.received_at),
    limit: readLimit(receipt.limit),
    waits,
    extensions: receipt.extensions.map((row) => ({
      at: readMoment(row.at),
      by: row.by === undefined ? null : readLimit(row.by),
      until: row.until === undefined ? null : readMoment(row.until),
    })),
    promise: orNull(receipt.promise, (row) => ({ at: readMoment(row.at), due: readMoment(row.due) })),
  };
}

function readSetting(receipt) {
  const calendar = readCalendar(receipt.calendar);
  const hours = orNull(receipt.hours, (document) => readHours(document, calendar));
  const [, clock, minutes] = /^(\d{2}):(\d{2})$/.exec(receipt.rules.late_after) ?? refuse("no time of day");
  return {
    calendar,
    hours,
    office: hours ?? orNull(receipt.office_hours, (document) => readHours(document, calendar)),
    policies: receipt.policies,
    lateAfter: BigInt(clock) * HOUR + BigInt(minutes) * MINUTE,
    workingDay: BigInt(receipt.rules.working_day.split(" ")[0]),
  };
}

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
};

/** SHA-256 of a document without its member digest: JSON with sorted keys, without blanks, in UTF-8. */
export function digestOf({ digest: _, ...said }) {
  return createHash("sha256").update(JSON.stringify(sorted(said))).digest("hex");
}

/** Why a receipt does not hold, in words; an empty list if it does. Never throws on content. */
export function verify(receipt) {
  const problems = [];
  try {
    if (receipt.schema_version !== "1.0") refuse("not a receipt of version 1.0");
    if (digestOf(receipt) !== receipt.digest) problems.push("digest: the receipt was changed after it was made");
    if (digestOf(receipt.calendar) !== receipt.calendar.digest) problems.push("digest: the days were changed");
    const { answer, restarts, hours } = receipt;
    if (restarts.length && restarts.at(-1) !== receipt.received_at) problems.push("restarts: not counted from the last");
    const content = readContent(receipt);
    if (!hours && content.limit.some((s) => s.unit === "working_days" && s.amount % 100n)) {
      refuse("a part of a working day needs the hours of the agency");
    }
    const setting = readSetting(receipt);
    const due = countAll(content, setting);
    const promised = orNull(promisedEnd(content, setting), showMoment);
    const certainty = dayOf(due) <= setting.calendar.announcedUntil ? "announced" : "predicted";
    if (showMoment(due) !== answer.due_at) problems.push(`answer: counted again it is due at ${showMoment(due)}`);
    if (promised !== answer.promised) problems.push(`answer: counted again the promise is ${promised}`);
    if (certainty !== answer.certainty) problems.push(`answer: the days up to then are ${certainty}`);
  } catch (error) {
    problems.push(error instanceof Wrong ? error.message : "not a receipt");
  }
  return problems;
}

async function main(names) {
  if (names[0] === "--lines") {
    for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(verify(JSON.parse(line))));
    return 0;
  }
  let code = 0;
  for (const name of names) {
    let problems;
    try {
      problems = verify(JSON.parse(readFileSync(name, "utf8")));
    } catch (error) {
      console.error(`${name}: cannot be read`);
      code = 2;
      continue;
    }
    console.log(`${name}: ${problems.length ? problems.join("; ") : "holds"}`);
    code = Math.max(code, problems.length ? 1 : 0);
  }
  return code;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = await main(process.argv.slice(2));
