// Time limits as procedures state them, read by the grammar of docs/reference/grammars.md. Amounts are whole hundredths.
import { invalid, oneOf, refuse } from "./errors.mjs";
import { length, singleBlanks } from "./text.mjs";

const UNITS = {
  working_days: { en: "working day", vi: "ngày làm việc", least: 0, most: 9999, parts: true },
  working_hours: { en: "working hour", vi: "giờ làm việc", least: 0, most: 9999, parts: true },
  hours: { en: "hour", vi: "giờ", least: 0, most: 9999, parts: true },
  days: { en: "day", vi: "ngày", least: 0, most: 9999, parts: true },
  weeks: { en: "week", vi: "tuần", least: 1, most: 1400, parts: false },
  months: { en: "month", vi: "tháng", least: 1, most: 1200, parts: false },
  years: { en: "year", vi: "năm", least: 1, most: 100, parts: false },
};
const PHRASES = {
  same_day: { vi: "trong ngày", en: "within the day" },
  immediate: { vi: "ngay", en: "immediately" },
};
const FIXED = new Map([
  ...[
    "within the day",
    "within the same day",
    "within the working day",
    "same day",
    "the same day",
    "same working day",
    "the same working day",
    "trong ngày",
    "trong ngày làm việc",
    "ngay trong ngày",
    "ngay trong ngày làm việc",
  ].map((words) => [words, "same_day"]),
  ...["immediately", "at once", "ngay", "ngay lập tức", "giải quyết ngay"].map((words) => [words, "immediate"]),
]);
const NAMES = new Map(
  Object.entries(UNITS).flatMap(([unit, { en, vi }]) => [
    [en, unit],
    [`${en}s`, unit],
    [vi, unit],
  ]),
);
const SESSIONS = new Set(["buổi", "buổi làm việc"]); // half a working day
const HALVES = new Map([
  ["month", ["days", 1500]],
  ["tháng", ["days", 1500]],
  ["year", ["months", 600]],
  ["năm", ["months", 600]],
]);
const ISO_UNITS = { y: "years", m: "months", w: "weeks", d: "days", h: "hours" };

const ISO = /^p(?:([0-9]{1,6})([ymwd])|t([0-9]{1,6})(h))$/;
const PREFIX =
  /^(?:(?:(?:trong thời hạn|trong vòng|trong) )?(?:(?:không quá|tối đa|chậm nhất là|chậm nhất) )?(?=[0-9]|nửa)|(?:within|at most|no more than|not more than|up to) (?=[0-9]|half))/;
const HALF = /^(?:nửa|half an?) (?=[^0-9])/;
const NUMBER = /^([0-9]{1,6})(?:[.,]([0-9]{1,2})|\/([0-9]{1,3}))?(?: ?\(([^()]{1,20})\))? ?([^0-9].*)$/u;
const ONES = { một: 1, hai: 2, ba: 3, bốn: 4, năm: 5, sáu: 6, bảy: 7, bẩy: 7, tám: 8, chín: 9 };
const LAST = { ...ONES, mốt: 1, tư: 4, lăm: 5, nhăm: 5 };
const LONGEST = 600;
const MOST_STEPS = 20;

const EXPECTED = {
  vi: "thời hạn như '05 ngày làm việc', '0,5 ngày làm việc', '24 giờ', '15 ngày', '02 tháng', 'trong ngày', 'ngay', hoặc tổng nối bằng '+'",
  en: "a time limit such as '5 working days', '0.5 working days', '24 hours', '15 days', '2 months', 'within the day', 'immediately', or a sum with '+'",
};

const decimal = (hundredths) => String(hundredths / 100); // a whole number of hundredths is written as it is
const gcd = (a, b) => (b ? gcd(b, a % b) : a);

/** A step of a limit: `unit`, `amount` in lowest terms ("5", "5/2"), the same in `hundredths`, and its `text`. */
function stepOf(unit, hundredths) {
  const { least = 1, most = 1, parts = false } = UNITS[unit] ?? {};
  if (!(hundredths >= least * 100 && hundredths <= most * 100 && (parts || hundredths % 100 === 0))) {
    throw invalid(
      "amount",
      decimal(hundredths),
      `số từ ${least} đến ${most}${parts ? ", tối đa hai chữ số thập phân" : ", số nguyên"}`,
      `a number from ${least} to ${most}${parts ? " with at most two decimals" : ", whole"}`,
    );
  }
  const divisor = gcd(hundredths, 100);
  const amount = divisor === 100 ? String(hundredths / 100) : `${hundredths / divisor}/${100 / divisor}`;
  return Object.freeze({ unit, amount, hundredths, text: Object.freeze(stepText(unit, hundredths)) });
}

function stepText(unit, hundredths) {
  if (unit in PHRASES) return PHRASES[unit];
  const { en, vi } = UNITS[unit];
  const number = decimal(hundredths);
  const padded = hundredths % 100 === 0 ? number.padStart(2, "0") : number.replace(".", ",");
  return { vi: `${padded} ${vi}`, en: `${number} ${en}${hundredths === 100 ? "" : "s"}` };
}

export class TimeLimit {
  constructor(steps) {
    this.steps = Object.freeze([...steps]);
    const words = steps.map((step) => step.text);
    this.text = Object.freeze({ vi: words.map((each) => each.vi).join(" + "), en: words.map((each) => each.en).join(" + ") });
    Object.freeze(this);
  }

  /** Read a limit in English or Vietnamese, in any case and spacing. */
  static parse(text) {
    const wrong = invalid("limit", text, EXPECTED.vi, EXPECTED.en);
    if (typeof text !== "string" || text.length > 2 * LONGEST || length(text) > LONGEST) throw wrong;
    const pieces = singleBlanks(text.normalize("NFC").toLowerCase()).replace(/\.$/, "").split("+").map(singleBlanks);
    if (pieces.length > MOST_STEPS) throw wrong;
    return new TimeLimit(pieces.map((piece) => read(piece, wrong)));
  }

  static of(amount, unit) {
    oneOf("unit", unit, [...Object.keys(UNITS), ...Object.keys(PHRASES)]);
    const found = /^([0-9]{1,6})(?:\.([0-9]{1,2}))?$/.exec(
      Number.isSafeInteger(amount) ? String(amount) : typeof amount === "string" ? amount : "",
    );
    if (found === null) throw invalid("amount", amount, 'số nguyên, hoặc chữ như "2.5"', 'a whole number, or text such as "2.5"');
    return new TimeLimit([stepOf(unit, Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")))]);
  }

  toString() {
    return this.text.en;
  }
}

function read(piece, wrong) {
  const fixed = FIXED.get(piece);
  if (fixed) return stepOf(fixed, 100);
  const iso = ISO.exec(piece);
  if (iso) return stepOf(ISO_UNITS[iso[2] ?? iso[4]], Number(iso[1] ?? iso[3]) * 100);
  const bare = piece.replace(PREFIX, "");
  const named = HALF.test(bare) ? bare.replace(HALF, "") : "";
  if (NAMES.has(named)) return stepOf(...(HALVES.get(named) ?? [NAMES.get(named), 50]));
  const found = NUMBER.exec(bare) ?? refuse(wrong);
  const [, digits, decimals, divisor, again, name] = found;
  if (!(NAMES.has(name) || SESSIONS.has(name)) || !saysTheSame(again, digits, decimals ?? divisor)) throw wrong;
  // Twice the hundredths, so that half of one, of a session, is seen.
  let doubled = 2 * (Number(digits) * 100 + Number((decimals ?? "").padEnd(2, "0")));
  if (divisor !== undefined) {
    if (Number(divisor) === 0 || (Number(digits) * 200) % Number(divisor)) throw wrong;
    doubled = (Number(digits) * 200) / Number(divisor);
  }
  if (SESSIONS.has(name)) doubled /= 2;
  if (doubled % 2) throw wrong;
  return stepOf(SESSIONS.has(name) ? "working_days" : NAMES.get(name), doubled / 2);
}

/** Whether the number in brackets, if there is one, says the same in words or digits. */
function saysTheSame(again, digits, broken) {
  if (again === undefined) return true;
  if (broken !== undefined) return false;
  return /^[0-9]+$/.test(again) ? BigInt(again) === BigInt(digits) : numeral(again.split(" ")) === Number(digits);
}

function numeral(words) {
  const [first, second, third] = words;
  if (first === "mười" && words.length <= 2) return words.length === 1 ? 10 : 10 + (LAST[second] ?? NaN);
  if (words.length === 1) return ONES[first];
  return second === "mươi" && words.length <= 3 ? 10 * ONES[first] + (words.length === 2 ? 0 : LAST[third]) : undefined;
}

/** A limit that somebody gave: one of ours, or its text. */
export const limitOf = (value) => (value instanceof TimeLimit ? value : TimeLimit.parse(value));

export const CALENDAR_UNITS = new Set(["days", "weeks", "months", "years"]);
export const inWorkingHours = (step) => step.unit === "working_hours" || (step.unit === "working_days" && step.hundredths % 100 !== 0);
export const byTheHour = (step) => step.unit === "hours" || inWorkingHours(step);
