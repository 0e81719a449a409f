// How a case stands at a moment against its due moment: the code, what is left or overdue, and both in words.
import { officeFor } from "./counting.mjs";
import { byTheHour, inWorkingHours } from "./limits.mjs";
import { HOUR, MINUTE, dayOfMoment, max, min, pad } from "./moments.mjs";

const WORDS = {
  not_started: { vi: "chưa bắt đầu tính", en: "not started" },
  running: { vi: "còn {}", en: "{} left" },
  paused: { vi: "tạm ngừng tính thời hạn, còn {}", en: "paused, {} left" },
  due_today: { vi: "đến hạn hôm nay", en: "due today" },
  overdue: { vi: "quá hạn {}", en: "overdue by {}" },
  finished: { vi: "đã giải quyết, trước hạn {}", en: "finished, {} to spare" },
  finished_late: { vi: "đã giải quyết, quá hạn {}", en: "finished, overdue by {}" },
};
const ON_TIME = { vi: "đã giải quyết, đúng hạn", en: "finished on time" };
const ENDED = { vi: "đã kết thúc, chưa bắt đầu tính", en: "ended before the time was counted" };
const LESS = { vi: "chưa đến một ngày làm việc", en: "less than a working day" };

const gcd = (a, b) => (b ? gcd(b, a % b) : a);

/** Microseconds as hours in lowest terms. */
function exactHours(micros) {
  const divisor = gcd(micros, HOUR);
  return divisor === HOUR ? String(micros / HOUR) : `${micros / divisor}/${HOUR / divisor}`;
}

/** An amount of time: `amount` exact ("5", "7/2"), its `unit`, and in words, hours to the full minute. */
function measureOf(amount, unit) {
  if (unit === "working_days") {
    const text = { vi: `${pad(amount)} ngày làm việc`, en: amount === 1 ? "1 working day" : `${amount} working days` };
    return Object.freeze({ amount: String(amount), unit, text: Object.freeze(text) });
  }
  const [hours, minutes] = [amount / HOUR, (amount % HOUR) / MINUTE];
  const said = (h, m) => [...(hours ? [`${hours} ${h}`] : []), ...(minutes || !hours ? [`${minutes} ${m}`] : [])].join(" ");
  const [vi, en] = [said("giờ", "phút"), said("h", "min")];
  const text = unit === "hours" ? { vi, en } : { vi: `${vi} làm việc`, en: `${en} of working time` };
  return Object.freeze({ amount: exactHours(amount), unit, text: Object.freeze(text) });
}

export function statusOf(code, measure) {
  return Object.freeze({ code, measure, text: Object.freeze(inWords(code, measure)) });
}

function inWords(code, measure) {
  if (measure === null) return code === "not_started" ? WORDS.not_started : ENDED;
  const late = code === "overdue" || code === "finished_late";
  if (measure.amount === "0" && code === "finished") return ON_TIME;
  // After the close of the due day, or on the days off that follow it.
  const much = measure.amount === "0" && late && measure.unit === "working_days" ? LESS : measure.text;
  return { vi: WORDS[code].vi.replace("{}", much.vi), en: WORDS[code].en.replace("{}", much.en) };
}

/** `within` is what the time is measured in: `{ steps, setting }`. */
export function standing(now, { due, received, waits, ended }, within) {
  const left = (at) => leftAt(at, due, received, waits, within);
  if (ended !== null && now >= ended) {
    return ended > due ? statusOf("finished_late", timeBetween(due, ended, waits, within)) : statusOf("finished", left(ended));
  }
  if (now < received) return statusOf("not_started", left(received));
  // A wait that began after the limit had passed does not heal the delay.
  const waiting = waits.some(([from, to]) => from <= now && from <= due && (to === null || now < to));
  if (waiting) return statusOf("paused", left(now));
  if (now > due) return statusOf("overdue", timeBetween(due, now, waits, within));
  return statusOf(dayOfMoment(now) === dayOfMoment(due) ? "due_today" : "running", left(now));
}

/** The time left at a moment, waiting not counted; nothing after the limit. In a wait that lasts, what was left when it began. */
export function leftAt(at, due, received, waits, within) {
  let start = max(at, received);
  const last = waits[waits.length - 1];
  if (last && last[1] === null) start = min(start, max(last[0], received));
  return timeBetween(start, due, waits, within, false);
}

/** The time between two moments without waiting, in the unit in which the limit ends. */
export function timeBetween(start, until, waits, { steps, setting }, lasting = true) {
  const end = max(until, start);
  const spans = waits
    .filter(([from, to]) => from < end && (to === null ? lasting : to > start))
    .map(([from, to]) => [max(from, start), to === null || to > end ? end : to]);
  const step = steps[steps.length - 1];
  if (!byTheHour(step)) {
    const count = ([from, to]) => setting.days.count(dayOfMoment(from), dayOfMoment(to));
    return measureOf(
      spans.reduce((sum, span) => sum - count(span), count([start, end])),
      "working_days",
    );
  }
  const run = inWorkingHours(step) ? ([from, to]) => officeFor(setting).between(setting.days, from, to) : ([from, to]) => to - from;
  return measureOf(
    spans.reduce((sum, span) => sum - run(span), run([start, end])),
    step.unit === "hours" ? "hours" : "working_hours",
  );
}
