// Days and moments. Inside, a day is a whole number (days since 1970-01-01) and a moment a BigInt (microseconds of
// Vietnamese civil time, UTC+7 all year); what comes in and goes out is ISO 8601 text. No zone of the machine is asked.
import { invalid } from "./errors.mjs";
import { stripped } from "./text.mjs";

export const MINUTE = 60_000_000n;
export const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;
export const LAST_SECOND = DAY - 1_000_000n; // 23:59:59 stands for 24:00
const MS_OF_DAY = 86_400_000;

export const min = (a, b) => (a < b ? a : b);
export const max = (a, b) => (a > b ? a : b);

// ---- Days.
export const showDay = (n) => new Date(n * MS_OF_DAY).toISOString().slice(0, 10);
export const weekday = (n) => (((n + 3) % 7) + 7) % 7; // Monday is 0
export const yearOf = (n) => new Date(n * MS_OF_DAY).getUTCFullYear();

/** The number of a day from its text; undefined where it is none. */
export function dayNumber(text) {
  if (typeof text !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || text < "0001") return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || showDay(ms / MS_OF_DAY) !== text ? undefined : ms / MS_OF_DAY;
}

/** The number of a day that somebody gave. */
export function readDay(text, place) {
  const n = dayNumber(text);
  if (n === undefined) throw invalid(place, text, "một ngày như 2026-02-12", "a day such as 2026-02-12");
  return n;
}

export function monthsLater(n, months) {
  const from = new Date(n * MS_OF_DAY);
  const at = from.getUTCFullYear() * 12 + from.getUTCMonth() + months;
  const [year, month] = [Math.floor(at / 12), at % 12];
  if (year > 9999) throw beyond(n);
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month + 1, 0)).getUTCDate(); // the calendar repeats after 400 years
  const day = Math.min(from.getUTCDate(), lastDay);
  return dayNumber(`${pad(year, 4)}-${pad(month + 1)}-${pad(day)}`);
}

// ---- Moments.
const FIRST = BigInt(dayNumber("0001-01-01")) * DAY;
const LAST = BigInt(dayNumber("9999-12-31") + 1) * DAY;
const beyond = (n) =>
  invalid("receivedAt", showDay(n), "ngày mà thời hạn kết thúc trước năm 10000", "a day whose limit ends before the year 10000");

export const timeOf = (at) => ((at % DAY) + DAY) % DAY;
export const dayOfMoment = (at) => Number((at - timeOf(at)) / DAY);
export const bounded = (at) => {
  if (at >= LAST) throw beyond(dayNumber("9999-12-31"));
  return at;
};
export const onDay = (n, time) => bounded(BigInt(n) * DAY + time);

const WRITTEN =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt]| {1,2})([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(?:[.,]([0-9]{1,9}))? ?(?:([Zz]|UTC|GMT)|([+-])([0-9]{2})(?::?([0-9]{2}))?)$/;

/** A moment that somebody gave: a Date, or ISO 8601 text that states its offset. Finer than a microsecond is dropped. */
export function readMoment(given, place) {
  const wrong = invalid(
    place,
    given,
    "thời điểm có múi giờ, ví dụ 2026-02-12T09:30+07:00",
    "a Date, or a moment with its offset such as 2026-02-12T09:30+07:00",
  );
  let at;
  if (given instanceof Date) {
    const ms = given.getTime();
    if (Number.isNaN(ms)) throw wrong;
    at = BigInt(ms) * 1000n + 7n * HOUR;
  } else {
    const found = typeof given === "string" ? WRITTEN.exec(stripped(given)) : null;
    if (found === null) throw wrong;
    const [, text, hours, minutes, seconds = "0", fraction = "", zero, sign, offHours = "0", offMinutes = "0"] = found;
    const n = dayNumber(text);
    if (n === undefined || hours > "23" || minutes > "59" || Number(seconds) > 59 || offHours > "23" || offMinutes > "59") throw wrong;
    const offset = zero ? 0n : (BigInt(offHours) * HOUR + BigInt(offMinutes) * MINUTE) * (sign === "-" ? -1n : 1n);
    const time = BigInt(hours) * HOUR + BigInt(minutes) * MINUTE + BigInt(seconds) * 1_000_000n;
    at = BigInt(n) * DAY + time + BigInt(fraction.slice(0, 6).padEnd(6, "0")) - offset + 7n * HOUR;
  }
  if (at < FIRST || at >= LAST) throw wrong;
  return at;
}

export const pad = (n, width = 2) => String(n).padStart(width, "0");

function parts(at) {
  const micros = timeOf(at) % 1_000_000n;
  const seconds = Number(timeOf(at) / 1_000_000n);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, micros];
}

export function showMoment(at) {
  const [hours, minutes, seconds, micros] = parts(at);
  const clock = [hours, minutes, seconds].map((each) => pad(each)).join(":");
  return `${showDay(dayOfMoment(at))}T${clock}${micros ? `.${pad(micros, 6)}` : ""}+07:00`;
}

/** A moment in words, to the minute or as fine as it is. */
export function momentText(at) {
  const [hours, minutes, seconds, micros] = parts(at);
  const time = `${pad(hours)}:${pad(minutes)}${seconds || micros ? `:${pad(seconds)}` : ""}`;
  const fraction = micros ? pad(micros, 6).replace(/0+$/, "") : "";
  const day = dayText(dayOfMoment(at));
  const [vi, en] = [",", "."].map((mark) => (fraction ? `${time}${mark}${fraction}` : time));
  return { vi: `${vi} ngày ${day.vi}`, en: `${day.en} ${en}` };
}

export function dayText(n) {
  const [year, month, day] = showDay(n).split("-");
  return { vi: `${day}/${month}/${year}`, en: showDay(n) };
}

export function dayOf(moment) {
  return showDay(dayOfMoment(readMoment(moment, "moment")));
}
