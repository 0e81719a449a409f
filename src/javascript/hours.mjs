// Office hours: when on a working day an agency works, read by the grammar of docs/reference/grammars.md, and exact
// working time counted on them, in microseconds.
import { daysOf } from "./calendar.mjs";
import { data } from "./data.mjs";
import { invalid, oneOf, refuse } from "./errors.mjs";
import { DAY, LAST_SECOND, MINUTE, dayNumber, dayOfMoment, max, min, onDay, pad, readDay, showDay, timeOf, weekday } from "./moments.mjs";
import { plainText, singleBlanksInLines } from "./text.mjs";

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const CLOCK = "([0-9]{1,2}) ?(?:: ?([0-9]{2})|(?:h|g|giờ)(?: ?([0-9]{2}) ?(?:phút|ph|p|')?)?)";
const SESSION = new RegExp(`^(?:(?:buổi )?(?:sáng|chiều|tối)(?: ?:)? ?)?(?:từ )?${CLOCK} ?(?:[-–—−]|đến) ?${CLOCK}$`);
const BETWEEN_SESSIONS = / ?(?:[,;\n]| và ) ?/;
const LONGEST = 200;
const NO_SESSION = [
  "buổi làm việc như 07:30-11:30 hoặc 7h30 - 11h30; hết ngày là 24:00",
  "a session such as 07:30-11:30 or 7h30 - 11h30; the end of the day is 24:00",
];

const hoursText = (text, place) => singleBlanksInLines(plainText(text, place, LONGEST).toLowerCase());
const clock = (minutes) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;

/** The minutes since midnight at which a session opens and closes. */
function readSession(text) {
  const found = SESSION.exec(hoursText(text, "session")) ?? [];
  const [opens, closes] = [found.slice(1, 4), found.slice(4, 7)].map(([hour, minute, afterH]) => {
    const part = Number(minute ?? afterH ?? 0);
    const at = Number(hour) * 60 + part;
    return part < 60 && at <= 24 * 60 ? at : NaN;
  });
  return opens < closes ? [opens, closes] : refuse(invalid("session", text, ...NO_SESSION));
}

/** Seven days of sessions: some on each from Monday to Friday, in order and apart. */
function readWeek(days, given) {
  const sound = days.every((day) => day.every(([opens], i) => i === 0 || day[i - 1][1] < opens));
  if (sound && days.slice(0, 5).every((day) => day.length > 0)) return days;
  throw invalid(
    "hours",
    given,
    "các buổi theo thứ tự, cách nhau, thứ Hai đến thứ Sáu đều có",
    "sessions in order and apart, on each day from Monday to Friday",
  );
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function readDocument(document) {
  const wrong = invalid("hours", document, "tài liệu giờ làm việc", "a document of working hours");
  const week = (given) => {
    if (!isObject(given) || Object.keys(given).some((name) => !WEEKDAYS.includes(name))) throw wrong;
    const sessions = WEEKDAYS.map((name) => given[name] ?? []);
    const plain = (session) => typeof session === "string" && /^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$/.test(session);
    if (!sessions.every((day) => Array.isArray(day) && day.every(plain))) throw wrong;
    return readWeek(
      sessions.map((day) => day.map(readSession)),
      document,
    );
  };
  const monthDay = (text) => {
    if (typeof text !== "string" || dayNumber(`2000-${text}`) === undefined) throw wrong;
    return text;
  };
  if (!isObject(document)) throw wrong;
  const { week: plainWeek, seasons = [], make_up: makeUp = "replaced_day" } = document;
  if (!Array.isArray(seasons) || !seasons.every(isObject) || !["replaced_day", "own_weekday"].includes(makeUp)) throw wrong;
  return {
    week: week(plainWeek),
    seasons: seasons.map((season) => ({ first: monthDay(season.first), last: monthDay(season.last), week: week(season.week) })),
    makeUp,
  };
}

const offices = new WeakMap();

export class WorkingHours {
  constructor({ week, seasons = [], makeUp = "replaced_day" }) {
    const written = (days) => Object.freeze(days.map((day) => Object.freeze(day.map((session) => session.map(clock).join("-")))));
    this.week = written(week);
    this.seasons = Object.freeze(seasons.map((season) => Object.freeze({ ...season, week: written(season.week) })));
    this.makeUp = oneOf("makeUp", makeUp, ["replaced_day", "own_weekday"]);
    Object.freeze(this);
    offices.set(this, office(week, seasons, makeUp));
  }

  /** The sessions of every day from Monday to Friday, as offices write them. */
  static parse(text) {
    const day = hoursText(text, "hours").split(BETWEEN_SESSIONS).map(readSession);
    return new WorkingHours({ week: readWeek([day, day, day, day, day, [], []], text) });
  }

  /** Read a document under `working-hours.schema.json`: other hours on some weekdays, seasons, make-up days. */
  static fromDocument(document) {
    return new WorkingHours(readDocument(document));
  }

  /** The hours as such a document. */
  toDocument() {
    const plain = (week) => Object.fromEntries(WEEKDAYS.map((name, i) => [name, week[i]]).filter(([, day]) => day.length));
    const seasons = this.seasons.map(({ first, last, week }) => ({ first, last, week: plain(week) }));
    return { schema_version: "1.0", week: plain(this.week), make_up: this.makeUp, ...(seasons.length ? { seasons } : {}) };
  }

  /** The sessions of a day; none on a day off. */
  sessions(calendar, day) {
    const spans = officeOf(this).sessions(daysOf(calendar), readDay(day, "day"));
    return spans.map((span) => span.map((at) => clock(Number(at / MINUTE))).join("-"));
  }

  toString() {
    return this.week[0].join(", ");
  }
}

/** What counting asks of office hours. `days` are those of a calendar, see days.mjs. */
function office(week, seasons, makeUp) {
  const spansOf = (all) => all.map((day) => day.map((session) => session.map((at) => BigInt(at) * MINUTE)));
  const plain = spansOf(week);
  const seasonal = seasons.map((season) => ({ ...season, spans: spansOf(season.week) }));
  const sessions = (days, n) => {
    if (!days.isWorkday(n)) return [];
    let which = weekday(n);
    if (which >= 5 && makeUp === "replaced_day") {
      const { replaces } = days.day(n);
      which = replaces !== null && weekday(replaces) < 5 ? weekday(replaces) : 0;
    }
    if (seasonal.length === 0) return plain[which];
    const at = showDay(n).slice(5);
    const season = seasonal.find(({ first, last }) => (first <= last ? first <= at && at <= last : at >= first || at <= last));
    return (season?.spans ?? plain)[which];
  };
  const total = (days, n) => sessions(days, n).reduce((sum, [opens, closes]) => sum + closes - opens, 0n);
  const done = (days, n, time) =>
    sessions(days, n).reduce((sum, [opens, closes]) => sum + (time > opens ? min(closes, time) - opens : 0n), 0n);
  return {
    sessions,
    /** When the last session of a day closes; its last second where there is none, or at 24:00. */
    closing(days, n) {
      const spans = sessions(days, n);
      const last = spans.length ? spans[spans.length - 1][1] : DAY;
      return onDay(n, last === DAY ? LAST_SECOND : last);
    },
    /** The first moment by which an amount has passed since `at`; for 0 `at` itself if it is open, else the next opening. */
    add(days, at, amount) {
      let [n, time] = [dayOfMoment(at), timeOf(at)];
      if (amount === 0n) {
        for (;;) {
          const open = sessions(days, n).find(([, closes]) => time < closes);
          if (open) return onDay(n, max(time, open[0]));
          [n, time] = [days.next(n), 0n];
        }
      }
      let left = amount + done(days, n, time);
      while (left > total(days, n)) {
        left -= total(days, n);
        n = days.next(n);
      }
      for (const [opens, closes] of sessions(days, n)) {
        if (left <= closes - opens) return onDay(n, opens + left);
        left -= closes - opens;
      }
      throw new Error("no more is asked for than there is");
    },
    between(days, from, to) {
      let sum = done(days, dayOfMoment(to), timeOf(to)) - done(days, dayOfMoment(from), timeOf(from));
      for (let n = dayOfMoment(from); n < dayOfMoment(to); n += 1) sum += total(days, n);
      return sum;
    },
  };
}

const OFFICE_HOURS = WorkingHours.fromDocument(data.officeHours);

/** The hours that are used where an agency states none: a packaged table, observed and not law. */
export const officeHours = () => OFFICE_HOURS;

/** Hours that somebody gave: ours, their text, or none. */
export const hoursOf = (value) => (value === null || value instanceof WorkingHours ? value : WorkingHours.parse(value));

export const officeOf = (hours) =>
  offices.get(hours) ?? refuse(invalid("hours", hours, "giờ làm việc (WorkingHours)", "WorkingHours, as parse gives them"));
