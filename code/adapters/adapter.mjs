// A conformance adapter in JavaScript (Node.js 18 or later, standard library only) for workdays, deadlines and codes.
// Run: onestop conformance --exec "node adapter.mjs FOLDER", where FOLDER holds the calendar documents, one a year.
// It predicts no years: of these the cases are recommended only.
import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";

class Refusal extends Error {}
const refuse = (code) => { throw new Refusal(code); };

// ---- Days are whole numbers, counted from 1970-01-01; moments are seconds of Vietnamese civil time.
const DAY = 86400;
const day = (text) => {
  const [y, m, d] = text.split("-").map(Number);
  const at = Date.UTC(y, m - 1, d) / 1000 / DAY;
  return show(at) === text ? at : refuse("invalid-value");
};
const show = (n) => new Date(n * DAY * 1000).toISOString().slice(0, 10);
const weekday = (n) => (((n + 3) % 7) + 7) % 7; // Monday is 0
const moment = (text) => Math.floor(Date.parse(text) / 1000) + 7 * 3600;
const dayOf = (at) => Math.floor(at / DAY);
const timeOf = (at) => at - dayOf(at) * DAY;
const showMoment = (at) => new Date(at * 1000).toISOString().slice(0, 19) + "+07:00";

// ---- The calendar: the documents under schemas/calendar.schema.json.
const years = new Map();
const folder = process.argv[2];
for (const name of readdirSync(folder).filter((each) => each.endsWith(".json")).sort()) {
  const document = JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
  const rows = [];
  const known = day(document.notice.known_from);
  for (const [list, works] of [[document.days_off, false], [document.makeup_workdays, true]]) {
    for (const row of list) {
      const from = row.known_from === "always" ? -Infinity : day(row.known_from);
      rows.push({ date: day(row.date), works, kind: row.kind, from });
    }
  }
  years.set(Number(name.slice(0, 4)), { known, rows });
}
const firstYear = Math.min(...years.keys());
const calendars = new Map();

function calendar(asOf) {
  const key = asOf ?? "now";
  if (!calendars.has(key)) calendars.set(key, build(asOf === undefined ? Infinity : day(asOf)));
  return calendars.get(key);
}

function build(asOf) {
  const special = new Map();
  let last = firstYear;
  while (years.has(last) && years.get(last).known <= asOf) last += 1; // the years announced by then, without a gap
  for (const [year, { rows }] of years) {
    if (year < last) for (const row of rows) if (row.from <= asOf) special.set(row.date, row);
  }
  const first = day(`${firstYear}-01-01`);
  const end = day(`${last}-01-01`);
  const works = (n) => {
    if (n < first || n >= end) refuse("calendar-coverage");
    return special.has(n) ? special.get(n).works : weekday(n) < 5;
  };
  const add = (n, count) => {
    works(n);
    if (count === 0) while (!works(n)) n += 1;
    for (let left = Math.abs(count); left > 0; left -= 1) do n += Math.sign(count); while (!works(n));
    return n;
  };
  const count = (from, to) => {
    works(from);
    works(to);
    let found = 0;
    for (let n = Math.min(from, to) + (from <= to ? 1 : 0); from <= to ? n <= to : n < from; n += 1) found += works(n);
    return from <= to ? found : -found;
  };
  return { works, add, count, announced: end - 1, kind: (n) => special.get(n)?.kind };
}

// ---- Time limits, as far as the cases of the area deadlines use them.
const UNITS = [
  [/^(?:working days?|ngày làm việc)$/, "working_days", 1], [/^(?:working hours?|giờ làm việc)$/, "working_hours", 1],
  [/^(?:hours?|giờ)$/, "hours", 1], [/^(?:days?|ngày)$/, "days", 1], [/^(?:weeks?|tuần)$/, "days", 7],
  [/^(?:months?|tháng)$/, "months", 1], [/^(?:years?|năm)$/, "months", 12],
];
function limit(text) {
  return text.normalize("NFC").toLowerCase().split("+").map((part) => {
    const words = part.trim().replace(/\s+/g, " ");
    if (words === "within the day" || words === "trong ngày") return { unit: "same_day", amount: 1 };
    if (words === "immediately" || words === "ngay") return { unit: "immediate", amount: 1 };
    const [, number, name] = /^([0-9]+(?:[.,][0-9]{1,2})?) (.+)$/.exec(words) ?? refuse("invalid-value");
    const [, unit, times] = UNITS.find(([pattern]) => pattern.test(name)) ?? refuse("invalid-value");
    return { unit, amount: (Math.round(Number(number.replace(",", ".")) * 100) * times) / 100 };
  });
}

// ---- Deadlines.
const OFFICE = "07:00-11:30, 13:30-17:00"; // where a limit in working hours comes without the hours of the office
const seconds = (text) => Number(text.slice(0, 2)) * 3600 + Number(text.slice(3, 5)) * 60;
const sessions = (text) => text && text.split(",").map((part) => part.trim().split("-").map(seconds));
const LATE = 15 * 3600;

function stays(cal, n, policy) {
  if (policy === "none") return true;
  if (policy === "strict_civil_code") return weekday(n) < 5 && !["holiday", "tet"].includes(cal.kind(n));
  return cal.works(n);
}

function monthsLater(n, months) {
  const date = new Date(n * DAY * 1000);
  const at = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const lastOfMonth = Date.UTC(Math.floor(at / 12), (at % 12) + 1, 0) / 1000 / DAY;
  return Math.min(lastOfMonth, Date.UTC(Math.floor(at / 12), at % 12, 1) / 1000 / DAY + date.getUTCDate() - 1);
}

function openTime(cal, hours, from, to) {
  let total = 0;
  for (let n = dayOf(from); n <= dayOf(to); n += 1) {
    if (!cal.works(n)) continue;
    for (const [a, b] of hours) total += Math.max(0, Math.min(to, n * DAY + b) - Math.max(from, n * DAY + a));
  }
  return total;
}

function hoursLater(cal, hours, at, amount) {
  for (let n = dayOf(at); ; n += 1) {
    if (!cal.works(n)) continue;
    for (const [a, b] of hours) {
      const start = Math.max(at, n * DAY + a);
      const room = n * DAY + b - start;
      if (room > 0 && amount <= room) return start + amount;
      if (room > 0) amount -= room;
    }
  }
}

// Where a step ends. Whole days come before the part of one; what takes no time ends where it begins.
function stepEnd(cal, step, at, hours, pauses, given, first) {
  const since = pauses.filter(([, end]) => end === null || end > at).map(([start, end]) => [Math.max(start, at), end]);
  const begin = since.length && since[0][0] <= at && since[0][1] !== null ? since[0][1] : at;
  if (step.amount === 0) return begin;
  if (step.unit === "hours") return hoursEnd(step.amount, begin, since);
  if (step.unit === "working_hours") return workingHoursEnd(cal, step.amount, begin, hours ?? sessions(OFFICE), since);
  if (Number.isInteger(step.amount)) return daysEnd(cal, step, begin, hours, since, given, first);
  if (step.unit === "working_days" && !hours) refuse("invalid-value");
  const whole = Math.floor(step.amount);
  const part = Math.round((step.amount - whole) * 100) / 100;
  const most = stepEnd(cal, { ...step, amount: whole + 1 }, at, hours, pauses, given, first);
  let from = whole ? stepEnd(cal, { ...step, amount: whole }, at, hours, pauses, given, first) : at;
  if (step.unit === "working_days") {
    return Math.min(most, stepEnd(cal, { unit: "working_hours", amount: part * 8 }, from, hours, pauses, given, false));
  }
  if (whole) from = (dayOf(from) + 1) * DAY;
  return Math.min(most, partEnd(cal, Math.round(part * DAY), from, pauses, given.end_on_day_off ?? "next_working_day"));
}

// The part of a calendar day stands still on days on which the period may not end, and while somebody is waited for.
function partEnd(cal, left, at, pauses, policy) {
  for (;;) {
    const wait = pauses.find(([start, stop]) => stop !== null && start <= at && at < stop);
    if (wait) at = wait[1];
    else if (!stays(cal, dayOf(at), policy)) at = (dayOf(at) + 1) * DAY;
    else if (!left) return at;
    else {
      const midnight = (dayOf(at) + 1) * DAY;
      const stop = Math.min(midnight, at + left, ...pauses.map(([start]) => start).filter((start) => start > at));
      left -= stop - at;
      at = left || stop !== midnight ? stop : stop - 1; // the end of a day is 24:00
    }
  }
}

function hoursEnd(amount, at, since) {
  const from = timeOf(at) === DAY - 1 ? at + 1 : at; // the end of a day is 24:00
  let end = from + Math.round(amount * 3600);
  for (const [start, stop] of since) if (start <= end && stop !== null && stop > from) end += stop - Math.max(start, from);
  return end;
}

function workingHoursEnd(cal, amount, at, office, since) {
  let end = hoursLater(cal, office, at, Math.round(amount * 3600));
  for (const [start, stop] of since) {
    if (start > end) break;
    if (stop === null || stop <= at) continue;
    const waited = openTime(cal, office, Math.max(start, at), stop);
    if (waited) end = hoursLater(cal, office, end, waited);
    if (end < stop) end = hoursLater(cal, office, stop, 0); // nothing was left: finish when the wait is over
  }
  return end;
}

// The close of the first day from n on, on which such a period may end, that does not lie before a moment.
function closeOf(cal, n, hours, ends, notBefore = -Infinity) {
  const close = (each) => each * DAY + (hours && cal.works(each) ? hours.at(-1)[1] : DAY - 1);
  while (!ends(n) || close(n) < notBefore) n += 1;
  return close(n);
}

function daysEnd(cal, step, at, hours, since, given, first) {
  const late = timeOf(at) > LATE;
  const policy = given.late_receipt ?? "same_day_limits";
  let zero = dayOf(at);
  if (step.unit === "same_day" || step.unit === "immediate") {
    const tomorrow = step.unit === "same_day" && late && policy !== "no_limit";
    if (!cal.works(zero) || tomorrow) zero = cal.add(zero, 1);
  } else if (first && policy === "every_limit" && (late || !cal.works(zero))) zero = cal.add(zero, 1);
  const inWorkingDays = !["days", "months"].includes(step.unit);
  const period = (from) => {
    if (step.unit === "working_days") return cal.add(from, step.amount);
    if (step.unit === "days") return from + step.amount;
    return step.unit === "months" ? monthsLater(from, step.amount) : from;
  };
  const ends = (n) => (inWorkingDays ? cal.works(n) : stays(cal, n, given.end_on_day_off ?? "next_working_day"));
  let last = period(zero);
  let end = closeOf(cal, last, hours, ends);
  if (end < at) end = closeOf(cal, dayOf(at), hours, ends, at);
  for (const [start, stop] of since) {
    if (start > end) break;
    if (stop === null || stop <= at) continue;
    const [a, b] = [Math.max(dayOf(start), zero), Math.max(dayOf(stop), zero)];
    const waiting = inWorkingDays ? cal.count(a, b) : b - a;
    if (waiting) last = inWorkingDays ? cal.add(last, waiting) : last + waiting;
    if (step.unit === "months") last = Math.min(last, period(b)); // never more than the whole from then on
    end = Math.max(end, closeOf(cal, last, hours, ends));
    if (end < stop) end = closeOf(cal, dayOf(stop), hours, ends, stop);
  }
  return end;
}

// Pauses in order, those that touch as one; of one that lasts, what has passed for certain stands apart.
function joined(pauses) {
  const closed = pauses.filter(([, end]) => end !== null);
  if (closed.some(([start, end]) => end < start)) refuse("invalid-value");
  const open = pauses.filter(([, end]) => end === null).map(([start]) => start);
  const [lasting, known] = [Math.min(...open), Math.max(...pauses.map(([start, end]) => end ?? start))];
  if (open.length && known > lasting) closed.push([lasting, known]);
  const out = [];
  for (const [start, end] of closed.sort((one, other) => one[0] - other[0])) {
    const before = out.at(-1);
    if (before && start <= before[1]) before[1] = Math.max(before[1], end);
    else out.push([start, end]);
  }
  return open.length ? [...out, [known, null]] : out;
}

function dueAt(given) {
  const cal = calendar(given.as_of);
  const pauses = joined((given.pauses ?? []).map((pair) => pair.map((each) => (each === null ? null : moment(each)))));
  let at = moment(given.received_at);
  limit(given.limit).forEach((step, n) => {
    at = stepEnd(cal, step, at, sessions(given.hours), pauses, given, n === 0);
  });
  return at;
}

const MOVES = { extend: null, reschedule: null, promise: null }; // the state stays
const CLOCK = {
  not_started: { start: "running", promise: null, stop: "stopped" },
  running: { pause: "paused", restart: "running", stop: "stopped", ...MOVES },
  paused: { resume: "running", restart: "running", stop: "stopped", ...MOVES },
  stopped: {},
};

function ensureComplete({ act, by, promise, reason }) {
  const wrong = act === "extend" ? (by === undefined) === (promise === undefined) : by !== undefined;
  const appoints = ["reschedule", "promise"].includes(act);
  const never = ["pause", "stop"].includes(act) && promise !== undefined;
  if (wrong || never || (appoints && promise === undefined) || (act === "reschedule" && !reason)) refuse("invalid-event");
}

// A promise, later by the working days of waiting since it was made.
function carried(cal, promised, made, pauses) {
  let [last, end] = [dayOf(promised), promised];
  for (const [from, stop] of pauses) {
    const start = Math.max(from, made);
    if (stop === null || stop <= made || start > end) continue;
    const waiting = cal.count(dayOf(start), dayOf(stop));
    if (waiting) last = cal.add(last, waiting);
    end = Math.max(end, last * DAY + timeOf(promised));
    for (let n = dayOf(stop); end < stop; n += 1) if (cal.works(n)) end = Math.max(end, n * DAY + timeOf(promised));
  }
  return end;
}

function clockDue({ limit: words, acts }) {
  let [state, start, before] = ["not_started", null, -Infinity];
  for (const each of acts) {
    if (moment(each.at) < before) refuse("invalid-event");
    ensureComplete(each);
    if (!(each.act in CLOCK[state])) refuse("transition-not-allowed");
    [state, before] = [CLOCK[state][each.act] ?? state, moment(each.at)];
    if (each.act === "start" || each.act === "restart") start = each;
  }
  if (start === null) refuse("invalid-event");
  const present = acts.slice(acts.indexOf(start));
  const waits = [];
  for (const { act, at } of present) {
    if (act === "pause") waits.push([moment(at), null]);
    if ((act === "resume" || act === "stop") && waits.length && waits.at(-1)[1] === null) waits.at(-1)[1] = moment(at);
  }
  const [cal, pauses] = [calendar(), joined(waits)];
  const after = (at, text, first) =>
    limit(text).reduce((from, step, n) => stepEnd(cal, step, from, undefined, pauses, {}, first && n === 0), at);
  let [due, held] = [after(moment(start.at), words, true), null];
  for (const { act, at, by, promise } of present) {
    if (act === "extend" && by !== undefined) {
      due = after(due, by, false);
      held = held === null ? null : after(held, by, false);
    }
    if (promise !== undefined) held = carried(cal, moment(promise), moment(at), pauses);
    if (act === "extend" && promise !== undefined) due = held;
  }
  return { due_at: showMoment(due), in_force: showMoment(held ?? due), state };
}

function transferDue({ received_at: received, hours: text }) {
  const [cal, hours, at] = [calendar(), sessions(text), moment(received)];
  const n = dayOf(at);
  if (!cal.works(n)) return showMoment(cal.add(n, 1) * DAY + hours.at(-1)[1]);
  return showMoment(timeOf(at) > LATE ? cal.add(n, 1) * DAY + hours[0][0] : n * DAY + hours.at(-1)[1]);
}

// ---- Codes.
const OLD = "[0-9]{3}\\.[0-9]{2}\\.[0-9]{2}\\.[A-Y][0-9]{2}";
const NEW = "[A-Y][0-9]{2}(?:\\.[0-9A-Z]{1,3})*";
const whole = (pattern) => new RegExp(`^(?:${pattern})$`);
const plain = (text) => (text.length > 0 && text.length <= 100 ? text.trim() : refuse("invalid-value"));
function agency(text) {
  const code = plain(text);
  if (code.length > 35 || !whole(`${OLD}|${NEW}`).test(code)) refuse("invalid-value");
  const old = whole(OLD).test(code);
  return { level_one: old ? code.slice(-3) : code.slice(0, 3), old_order: old };
}
function procedure(text) {
  const [, short, owner] = whole(`([0-9]\\.[0-9]{6})(?:\\.(${OLD}))?`).exec(plain(text)) ?? refuse("invalid-value");
  return { short, owner: owner ?? null };
}
function dossier(text) {
  const parts = whole(`(?:(${OLD})-([0-9]{6})|(${NEW})-([0-9]{8}|[0-9]{6}))-([0-9]{4,})`).exec(plain(text));
  if (!parts) return { foreign: true };
  const [unit, digits] = [parts[1] ?? parts[3], parts[2] ?? parts[4]];
  const full = digits.length === 6 ? `20${digits}` : digits;
  const iso = `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6)}`;
  const real = !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso) && full >= "0001";
  if (!real || unit.length > 35) return { foreign: true };
  return { foreign: false, agency: unit, day: iso, sequence: BigInt(parts[5]) };
}
function writeDossier({ agency: unit, day: text, sequence, digits_of_day: digits = 6, width = 4 }) {
  const { old_order: old } = agency(unit);
  const fits = digits === 8 ? !old : digits === 6 && text.startsWith("20");
  if (!fits || sequence < 1n || sequence >= 10n ** 20n || width < 4 || width > 20) refuse("invalid-value");
  return `${unit}-${text.replaceAll("-", "").slice(8 - digits)}-${String(sequence).padStart(width, "0")}`;
}

// ---- The protocol.
const OPERATIONS = {
  is_workday: ({ date, as_of }) => calendar(as_of).works(day(date)),
  add_workdays: ({ date, n, as_of }) => show(calendar(as_of).add(day(date), n)),
  count_workdays: ({ start, end, as_of }) => calendar(as_of).count(day(start), day(end)),
  due: (given) => {
    const at = dueAt(given);
    return { due_at: showMoment(at), certainty: dayOf(at) <= calendar(given.as_of).announced ? "announced" : "predicted" };
  },
  clock_due: clockDue,
  transfer_due: transferDue,
  parse_agency_code: ({ text }) => agency(text),
  parse_procedure_code: ({ text }) => procedure(text),
  parse_dossier_code: ({ text }) => dossier(text),
  write_dossier_code: writeDossier,
};
// Numbers of a dossier's sequence go up to twenty digits, more than a JavaScript number holds.
const say = (message) =>
  process.stdout.write(
    JSON.stringify(message, (_, value) => (typeof value === "bigint" ? `#${value}#` : value)).replace(/"#([0-9]+)#"/g, "$1") + "\n",
  );
for await (const line of createInterface({ input: process.stdin })) {
  const { hello, id, operation, input } = JSON.parse(line.replace(/"sequence": (-?[0-9]+)/, '"sequence": "$1"'));
  if (input?.sequence !== undefined) input.sequence = BigInt(input.sequence);
  if (hello !== undefined) {
    const tables = `calendars ${firstYear} to ${Math.max(...years.keys())}`;
    say({ hello: "2", name: "javascript-example", version: "2.0", operations: Object.keys(OPERATIONS), tables });
  } else {
    try {
      say({ id, result: OPERATIONS[operation](input) });
    } catch (error) {
      if (!(error instanceof Refusal)) say({ id, error: String(error) }); // a fault of ours, and the next question
      else say({ id, refused: error.message });
    }
  }
}
