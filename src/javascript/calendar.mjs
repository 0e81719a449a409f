// The working calendar of civil servants: which days count, by what was known when. The days are those of the law tables
// of the library, in data.mjs.
import { data } from "./data.mjs";
import { spanOfDays } from "./days.mjs";
import { OnestopError, invalid, oneOf, refuse, shown } from "./errors.mjs";
import { dayNumber, dayText, readDay, showDay, yearOf } from "./moments.mjs";

const NAME = "vn-civil";
const WEEKEND = Object.freeze({ vi: "Ngày nghỉ hằng tuần", en: "Weekend" });
const WORKING = Object.freeze({ vi: "Ngày làm việc", en: "Working day" });
const [FIRST_YEAR, LAST_YEAR] = [Object.keys(data.years)[0], Object.keys(data.predicted).pop()].map(Number);
for (const each of [...data.names, ...data.bases]) Object.freeze(each);

const number = (text) => (text === undefined || text === null ? null : dayNumber(text));
const isOut = (year, asOf) => year in data.years && dayNumber(data.years[year].knownFrom) <= asOf;

function row(year, [monthDay, kind, name, basis], certainty, { later = 0, replaces = null, note = null } = {}) {
  return {
    n: dayNumber(`${year}-${monthDay}`) + later,
    works: kind === "makeup",
    kind,
    name: data.names[name],
    basis: data.bases[basis],
    announcedOn: number(data.bases[basis].announcedOn),
    certainty,
    replaces,
    note,
  };
}

/** The days of a year that differ from the plain week, as known on a day. */
function rowsOf(year, asOf) {
  const { knownFrom = "", rows = [] } = data.years[year] ?? {};
  const known = (from) => from === 0 || dayNumber(from) <= asOf;
  const announced = rows
    .filter((each) => known(each[4] ?? knownFrom))
    .map((each) => row(year, each, "announced", { replaces: number(each[5]) }));
  if (isOut(year, asOf)) return announced;
  // The notice of the year was not out: what law and habit lead one to expect, and the swaps that were announced early.
  const predicted = data.predicted[year]
    .filter((each) => known(each[6] ?? 0))
    .flatMap((each) =>
      Array.from({ length: each[4] ?? 1 }, (_, later) => row(year, each, "predicted", { later, note: data.names[each[5]] ?? null })),
    );
  return [...predicted, ...announced.filter(({ kind }) => kind === "swap_off" || kind === "makeup")];
}

const calendars = new Map();
const spans = new WeakMap();

export function calendar(name = NAME, { asOf = null, predicted = "allow" } = {}) {
  if (name !== NAME) {
    throw new OnestopError("unknown-code", "calendar", {
      vi: `không có lịch ${shown(name)}; có: ${NAME}`,
      en: `no calendar ${shown(name)}; there is ${NAME}`,
    });
  }
  oneOf("predicted", predicted, ["allow", "refuse"]);
  const key = `${asOf === null ? null : readDay(asOf, "asOf")} ${predicted}`;
  const found = calendars.get(key) ?? new Calendar(asOf, predicted);
  calendars.delete(key); // the one that was asked for last comes last
  calendars.set(key, found);
  if (calendars.size > 64) calendars.delete(calendars.keys().next().value);
  return found;
}

/** Made by `calendar()`. Days are text such as `2026-02-12`; one outside the coverage is refused. */
export class Calendar {
  constructor(asOf, predicted) {
    const known = asOf === null ? Infinity : dayNumber(asOf);
    let year = FIRST_YEAR;
    while (isOut(year, known)) year += 1;
    const lastYear = predicted === "refuse" ? year - 1 : LAST_YEAR;
    this.name = NAME;
    this.asOf = asOf;
    this.predicted = predicted;
    this.coverage = Object.freeze({ first: `${FIRST_YEAR}-01-01`, last: `${lastYear}-12-31` });
    this.announcedUntil = `${year - 1}-12-31`;
    Object.freeze(this);
    const outside = (n) => outsideOf(this, n);
    const [first, last, announcedUntil] = [this.coverage.first, this.coverage.last, this.announcedUntil].map(dayNumber);
    if (lastYear < FIRST_YEAR) throw outside(first);
    const rows = new Map();
    for (let each = FIRST_YEAR; each <= lastYear; each += 1) for (const found of rowsOf(each, known)) rows.set(found.n, found);
    spans.set(this, { ...spanOfDays(first, last, rows, announcedUntil, outside), known });
  }

  isWorkday(day) {
    return daysOf(this).isWorkday(readDay(day, "day"));
  }

  add(day, n) {
    if (!Number.isSafeInteger(n)) throw invalid("n", n, "số nguyên", "a whole number");
    return showDay(daysOf(this).add(readDay(day, "day"), n));
  }

  count(start, end) {
    return daysOf(this).count(readDay(start, "start"), readDay(end, "end"));
  }

  next(day) {
    return this.add(day, 1);
  }

  previous(day) {
    return this.add(day, -1);
  }

  day(day) {
    const n = readDay(day, "day");
    const { isWorkday, day: told, known } = daysOf(this);
    const works = isWorkday(n);
    const found = told(n);
    return {
      date: showDay(n),
      isWorkday: works,
      kind: found.kind,
      name: found.name ?? (works ? WORKING : WEEKEND),
      basis: found.basis ?? null,
      announcedOn: found.announcedOn === null ? null : showDay(found.announcedOn),
      certainty: found.certainty ?? (isOut(yearOf(n), known) ? "announced" : "predicted"),
      replaces: found.replaces === null ? null : showDay(found.replaces),
      note: found.note ?? null,
    };
  }
}

function outsideOf({ name, coverage: { first, last } }, n) {
  const [day, from, to] = [n, dayNumber(first), dayNumber(last)].map(dayText);
  return new OnestopError("calendar-coverage", "day", {
    vi: `lịch ${name} không bao gồm ngày ${day.vi}; phạm vi: từ ${from.vi} đến ${to.vi}`,
    en: `calendar ${name} does not cover ${day.en}; it covers ${from.en} to ${to.en}`,
  });
}

/** The numbered days of a calendar that somebody gave. */
export function daysOf(value) {
  return spans.get(value) ?? refuse(invalid("calendar", value, "một lịch làm việc (calendar())", "a calendar, as calendar() gives it"));
}
