// Receipts of deadlines (deadline-receipt.schema.json) verified: digests, days against the calendar, and a count anew from
// what the receipt itself tells.
import { calendar as calendarOf, daysOf } from "./calendar.mjs";
import { countAll, promisedEnd } from "./counting.mjs";
import { data } from "./data.mjs";
import { spanOfDays } from "./days.mjs";
import { ensureCountable } from "./due.mjs";
import { OnestopError, invalid, oneOf, refuse, shown } from "./errors.mjs";
import { WorkingHours, officeHours } from "./hours.mjs";
import { TimeLimit, inWorkingHours } from "./limits.mjs";
import { dayNumber, dayOfMoment, dayText, momentText, readMoment, showDay, showMoment, weekday } from "./moments.mjs";
import { sha256 } from "./sha256.mjs";

const MOST_DAYS = 40_000;
const MOST_REPORTED = 10;
const MEMBERS = [
  "schema_version",
  "library",
  "lifecycle",
  "received_at",
  "restarts",
  "limit",
  "waits",
  "extensions",
  "promise",
  "policies",
  "hours",
  "office_hours",
  "rules",
  "calendar",
  "answer",
  "digest",
];

const byKeys = (a, b) => (a < b ? -1 : 1);
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort(byKeys)
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(",")}}`;
}

/** SHA-256 of a document without its member digest: JSON with sorted keys, without blanks, in UTF-8. */
export function digestOf({ digest: _, ...said }) {
  return sha256(canonical(said));
}

export function verify(receipt, { calendar = "named" } = {}) {
  const problems = [];
  const found = (path, rule, vi, en) => problems.push({ path, rule: `receipt/${rule}`, text: { vi, en } });
  let content;
  try {
    content = readReceipt(receipt);
    const changed = ["không khớp mã kiểm tra: đã bị sửa sau khi lập", "not its digest: it was changed after it was made"];
    if (digestOf(receipt) !== receipt.digest) found("$.digest", "digest", ...changed);
    if (digestOf(receipt.calendar) !== receipt.calendar.digest) found("$.calendar.digest", "digest", ...changed);
    content.setting = { days: readDays(receipt.calendar), hours: content.hours, policies: content.policies };
    ensureCountable(content.steps, content.hours);
  } catch (error) {
    const { vi, en } = error instanceof OnestopError ? error.text : { vi: "không đọc được biên nhận", en: "not a receipt" };
    found("$", "content", vi, en);
    return problems;
  }
  checkRules(receipt, content, found);
  if (calendar !== "told") checkDays(receipt, content, calendar, found);
  checkAnswer(receipt, content, found);
  return problems;
}

// ---- Reading.
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const wrong = (value) => invalid("receipt", value, "theo lược đồ deadline-receipt", "as the schema deadline-receipt says");
const orNull = (value, read) => (value === null ? null : read(value));
const listed = (value, most) => (Array.isArray(value) && value.length <= most ? value : refuse(wrong(value)));

function momentIn(value) {
  const plain =
    typeof value === "string" && /^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?\+07:00$/.test(value);
  return plain ? readMoment(value, "receipt") : refuse(wrong(value));
}

/** A limit in the one spelling that a receipt has. */
function stepsIn(text) {
  const limit = TimeLimit.parse(text);
  return String(limit) === text ? limit.steps : refuse(invalid("limit", text, limit.text.en, limit.text.en));
}

function readReceipt(receipt) {
  if (!isObject(receipt) || receipt.schema_version !== "1.0" || MEMBERS.some((name) => receipt[name] === undefined)) throw wrong(receipt);
  const { policies } = receipt;
  if (![policies, receipt.calendar, receipt.answer, receipt.library, receipt.rules].every(isObject)) throw wrong(receipt);
  const waits = listed(receipt.waits, 1000).map((row) => [momentIn(row.from), orNull(row.to, momentIn)]);
  waits.forEach(([from, to], index) => {
    const before = index ? waits[index - 1][1] : from;
    if ((to !== null && to < from) || before === null || from < before)
      throw invalid("pauses", receipt.waits, "theo thứ tự, không chồng nhau", "in order, without overlap");
  });
  listed(receipt.restarts, 1000).forEach(momentIn);
  return {
    received: momentIn(receipt.received_at),
    steps: stepsIn(receipt.limit),
    hours: orNull(receipt.hours, WorkingHours.fromDocument),
    waits,
    extensions: listed(receipt.extensions, 100).map(({ at, by, until }) => ({
      at: momentIn(at),
      ...(by === undefined ? { until: momentIn(until) } : { by: stepsIn(by) }),
    })),
    policies: {
      endOnDayOff: oneOf("endOnDayOff", policies.end_on_day_off, ["next_working_day", "strict_civil_code", "none"]),
      lateReceipt: oneOf("lateReceipt", policies.late_receipt, ["same_day_limits", "every_limit", "no_limit"]),
    },
    promise: orNull(receipt.promise, ({ at, due }) => ({ at: momentIn(at), due: momentIn(due) })),
  };
}

/** The days that a receipt tells, and nothing of any other day. */
function readDays(told) {
  const read = (text) => dayNumber(text) ?? refuse(wrong(text));
  const empty = told.from === null && told.to === null;
  const [first, last] = empty ? [0, -1] : [read(told.from), read(told.to)];
  const announcedUntil = read(told.announced_until);
  const rows = new Map();
  let before = first - 1;
  for (const row of listed(told.days, MOST_DAYS)) {
    const n = read(row.date);
    if (n <= before || n > last || typeof row.works !== "boolean" || typeof row.kind !== "string") throw wrong(row);
    rows.set((before = n), { works: row.works, kind: row.kind, replaces: row.replaces === undefined ? null : read(row.replaces) });
  }
  if (!empty && (last < first || last - first >= MOST_DAYS)) throw wrong(told);
  const outside = (n) =>
    new OnestopError("calendar-coverage", "day", {
      vi: `ngày ${dayText(n).vi} không có trong biên nhận`,
      en: `${dayText(n).en} is not among the days told`,
    });
  return spanOfDays(first, last, rows, announcedUntil, outside);
}

// ---- Checking.
function checkRules(receipt, content, found) {
  const { restarts, rules, office_hours: office } = receipt;
  if (restarts.length && restarts[restarts.length - 1] !== receipt.received_at) {
    found(
      "$.restarts",
      "restarts",
      "thời gian được tính từ lần tính lại cuối cùng, nhưng biên nhận ghi khác",
      "the time is counted from the last restart, and the receipt says otherwise",
    );
  }
  if (canonical(rules) !== canonical(data.rules)) {
    found(
      "$.rules",
      "rules",
      `quy tắc áp dụng là ${data.rules.id}, nhận sau ${data.rules.late_after} là muộn`,
      `the rules are ${data.rules.id}, late being after ${data.rules.late_after}`,
    );
  }
  const limits = [content.steps, ...content.extensions.map(({ by }) => by ?? [])];
  const needed = content.hours === null && limits.some((steps) => steps.some(inWorkingHours));
  if (canonical(office) !== canonical(needed ? officeHours().toDocument() : null)) {
    found(
      "$.office_hours",
      "office-hours",
      "giờ hành chính khác với giờ được dùng khi cơ quan không nêu giờ làm việc",
      "not the office hours that are used where an agency states none",
    );
  }
}

function checkDays({ calendar: told, library }, { setting }, given, found) {
  try {
    if (given === "named" && told.name === null) {
      found(
        "$.calendar.name",
        "calendar",
        "biên nhận dùng lịch riêng, không nêu tên: cần có lịch đó để đối chiếu",
        "it was counted by a calendar without a name here: give that calendar to compare the days",
      );
      return;
    }
    if (given === "named" && told.decisions.length) {
      found(
        "$.calendar.decisions",
        "calendar",
        "biên nhận dùng lịch có quyết định của địa phương, chưa đối chiếu được ở đây",
        "it was counted with local decisions, which cannot be compared here",
      );
      return;
    }
    const known = daysOf(given === "named" ? calendarOf(told.name, { asOf: told.as_of, predicted: told.predicted }) : given);
    const until = setting.days.announcedUntil;
    const same = library.version === data.library;
    if (known.announcedUntil < until || (same && known.announcedUntil !== until)) {
      const right = dayText(known.announcedUntil);
      found(
        "$.calendar.announced_until",
        "announced-until",
        `lịch đã công bố đến ${right.vi}`,
        `the calendar is announced until ${right.en}`,
      );
    }
    if (told.from === null) return;
    // What was only expected by another version may have been announced, or be expected otherwise, since.
    const end = same ? dayNumber(told.to) : Math.min(dayNumber(told.to), until);
    const rows = new Map(told.days.filter((row) => dayNumber(row.date) <= end).map((row) => [row.date, canonical(row)]));
    const expected = specialDays(known, dayNumber(told.from), end);
    const different = [...new Set([...rows.keys(), ...expected.keys()])].sort().filter((day) => rows.get(day) !== expected.get(day));
    for (const day of different.slice(0, MOST_REPORTED)) {
      const named = dayText(dayNumber(day));
      found("$.calendar.days", "days", `ngày ${named.vi} khác với lịch`, `${named.en} is another day in the calendar`);
    }
  } catch (error) {
    const text =
      error instanceof OnestopError ? error.text : { vi: `không có lịch ${shown(told.name)}`, en: `no calendar ${shown(told.name)}` };
    found("$.calendar", "calendar", text.vi, text.en);
  }
}

/** The days that differ from the plain week of five days, as a receipt writes them. */
function specialDays(days, first, last) {
  const out = new Map();
  for (let n = first; n <= last; n += 1) {
    const [works, plain, { kind, replaces }] = [days.isWorkday(n), weekday(n) < 5, days.day(n)];
    if (works === plain && !(plain && (kind === "holiday" || kind === "tet"))) continue;
    const row = { date: showDay(n), works, kind };
    if (works && replaces !== null) row.replaces = showDay(replaces);
    out.set(row.date, canonical(row));
  }
  return out;
}

function checkAnswer({ answer }, { received, steps, setting, waits, extensions, promise }, found) {
  let due;
  let promised;
  try {
    due = countAll(received, steps, setting, waits, extensions);
    promised = promise && promisedEnd(promise.due, promise.at, steps, setting, waits, extensions);
  } catch (error) {
    const { vi, en } = error instanceof OnestopError ? error.text : refuse(error);
    found("$.calendar", "count", vi, en);
    return;
  }
  if (showMoment(due) !== answer.due_at) {
    found("$.answer.due_at", "answer", `tính lại được ${momentText(due).vi}`, `counted again it is ${momentText(due).en}`);
  }
  if (orNull(promised, showMoment) !== answer.promised) {
    const right = promised === null ? { vi: "không có hẹn", en: "no promise" } : momentText(promised);
    found("$.answer.promised", "answer", `tính lại được: ${right.vi}`, `counted again it is ${right.en}`);
  }
  const certainty = dayOfMoment(due) <= setting.days.announcedUntil ? "announced" : "predicted";
  if (certainty !== answer.certainty) {
    found(
      "$.answer.certainty",
      "answer",
      certainty === "announced" ? "lịch đến ngày đó đã công bố" : "lịch đến ngày đó mới chỉ dự kiến",
      `the days up to then are ${certainty}`,
    );
  }
}
