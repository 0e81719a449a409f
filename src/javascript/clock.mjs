// The clock of a dossier: what happened to its time and what was promised. It only records; `countdown` counts it.
import { countAll, promisedEnd } from "./counting.mjs";
import { Deadline, settingOf } from "./due.mjs";
import { OnestopError, invalid, oneOf } from "./errors.mjs";
import { limitOf } from "./limits.mjs";
import { min, momentText, readMoment, showMoment } from "./moments.mjs";
import { leftAt, standing, statusOf, timeBetween } from "./status.mjs";
import { plainText } from "./text.mjs";

const STAY = ["extend", "reschedule", "promise"];
const NEW_COUNT = ["start", "restart"];
const AFTER = {
  not_started: { start: "running", promise: "not_started", stop: "stopped" },
  running: { pause: "paused", restart: "running", extend: "running", reschedule: "running", promise: "running", stop: "stopped" },
  paused: { resume: "running", restart: "running", extend: "paused", reschedule: "paused", promise: "paused", stop: "stopped" },
  stopped: {},
};
/** The acts, and what they and the phases are called in Vietnamese. */
const ACTS = {
  start: "bắt đầu tính",
  pause: "tạm ngừng",
  resume: "tính tiếp",
  restart: "tính lại từ đầu",
  extend: "gia hạn",
  reschedule: "hẹn lại ngày trả",
  promise: "hẹn ngày trả",
  stop: "kết thúc",
};
const PHASES = { not_started: "chưa bắt đầu tính", running: "đang tính", paused: "đang tạm ngừng", stopped: "đã kết thúc" };
const LONGEST_REASON = 4000;

const records = new WeakMap();
const last = (list) => list[list.length - 1];

function wrongAct(act, vi, en) {
  return new OnestopError("invalid-event", "act", { vi: `việc “${ACTS[act]}” không hợp lệ: ${vi}`, en: `invalid act ${act}: ${en}` });
}

/** Refuse an act that lacks what it needs, or brings what it cannot use. */
function ensureComplete(act, promise, by, reason) {
  const [promised, longer] = [promise !== null, by !== null];
  const wrong = [
    [
      act === "extend" && promised === longer,
      "cần ngày hẹn mới hoặc khoảng thời gian thêm, không cả hai",
      "it takes a new appointment or how much longer, and not both",
    ],
    [act !== "extend" && longer, "chỉ gia hạn mới có khoảng thời gian thêm", "only an extension says how much longer"],
    [["reschedule", "promise"].includes(act) && !promised, "cần ngày hẹn", "it needs the appointment"],
    [["pause", "stop"].includes(act) && promised, "việc này không hẹn ngày", "it makes no appointment"],
    [act === "reschedule" && !reason, "cần lý do", "it needs a reason"],
  ].find(([is]) => is);
  if (wrong) throw wrongAct(act, wrong[1], wrong[2]);
}

export class Clock {
  constructor() {
    write(this, { phase: "not_started", spans: [], count: 0, appointments: [], extensions: [], stoppedAt: null, latest: null });
  }

  /** The clock after an act. `promise`: the appointment made with it; `by`: how much longer; `reason`: why. */
  take(act, at, { promise = null, by = null, reason = null } = {}) {
    oneOf("act", act, Object.keys(ACTS));
    const before = recordOf(this);
    const moment = readMoment(at, "at");
    const promised = promise === null ? null : readMoment(promise, "promise");
    if (before.latest !== null && moment < before.latest) {
      const text = momentText(before.latest);
      throw wrongAct(act, `sớm hơn việc trước đó (${text.vi})`, `it comes before the act before it (${text.en})`);
    }
    const longer = by === null ? null : limitOf(by);
    ensureComplete(act, promised, longer, reason);
    if (!(act in AFTER[before.phase])) {
      throw new OnestopError("transition-not-allowed", "act", {
        vi: `thời hạn ${PHASES[before.phase]}, không thể “${ACTS[act]}”`,
        en: `a clock that is ${before.phase} does not take ${act}; it takes ${Object.keys(AFTER[before.phase]).join(", ") || "nothing"}`,
      });
    }
    if (reason !== null) plainText(reason, "reason", LONGEST_REASON);
    return write(Object.create(Clock.prototype), recorded(before, act, moment, promised, longer));
  }

  start(at, options) {
    return this.take("start", at, options);
  }
  pause(at) {
    return this.take("pause", at);
  }
  resume(at, options) {
    return this.take("resume", at, options);
  }
  restart(at, options) {
    return this.take("restart", at, options);
  }
  extend(at, options) {
    return this.take("extend", at, options);
  }
  reschedule(at, options) {
    return this.take("reschedule", at, options);
  }
  promise(at, promise) {
    return this.take("promise", at, { promise });
  }
  stop(at) {
    return this.take("stop", at);
  }
}

export function recordOf(clock) {
  const found = records.get(clock);
  if (found === undefined) throw invalid("clock", clock, "một đồng hồ (Clock)", "a Clock");
  return found;
}

function write(clock, record) {
  records.set(clock, record);
  clock.phase = record.phase;
  clock.count = record.count;
  clock.stoppedAt = record.stoppedAt === null ? null : showMoment(record.stoppedAt);
  return Object.freeze(clock);
}

function recorded(before, act, at, promise, by) {
  const record = { ...before, phase: AFTER[before.phase][act], latest: at };
  if (!STAY.includes(act)) {
    const open = last(before.spans);
    if (open && open.end === null) record.spans = [...before.spans.slice(0, -1), { ...open, end: at }];
    if (act === "stop") record.stoppedAt = at;
    else {
      record.spans = [...record.spans, { start: at, end: null, phase: record.phase, begins: NEW_COUNT.includes(act) }];
      if (NEW_COUNT.includes(act)) record.count += 1;
    }
  } else if (act === "extend") {
    record.extensions = [...before.extensions, { at, until: promise, by: by && by.steps, count: record.count }];
  }
  if (promise !== null) record.appointments = [...before.appointments, { at, due: promise, count: record.count }];
  return record;
}

/** The record as it stood at a moment, without what happened after. */
function asOf(record, until) {
  const stopped = record.stoppedAt !== null && record.stoppedAt <= until;
  const spans = record.spans.filter(({ start }) => start <= until);
  const appointments = record.appointments.filter(({ at }) => at <= until);
  const extensions = record.extensions.filter(({ at }) => at <= until);
  let phase = stopped ? "stopped" : "not_started";
  if (spans.length && !stopped) {
    phase = last(spans).phase;
    spans.push({ ...spans.pop(), end: null });
  }
  const count = spans.filter(({ begins }) => begins).length;
  return { phase, spans, count, appointments, extensions, stoppedAt: stopped ? record.stoppedAt : null };
}

function presentOf({ spans }) {
  const first = spans.map(({ begins }) => begins).lastIndexOf(true);
  return first < 0 ? [] : spans.slice(first);
}

/** The waits of a count; those that touch as one; of one that lasts, what has passed for certain stands apart. */
function waitsOf(present, known) {
  const spans = present.filter(({ phase }) => phase === "paused").map(({ start, end }) => [start, end]);
  const open = last(spans);
  if (open && open[1] === null && known !== null && known > open[0]) spans.splice(-1, 1, [open[0], known], [known, null]);
  const out = [];
  for (const [from, to] of spans) {
    const before = last(out);
    if (before && to !== null && from === before[1]) before[1] = to;
    else out.push([from, to]);
  }
  return out;
}

/** A clock, counted: when the result is due by law, what was promised, which holds, and how the case stands. */
export class Countdown {
  #told;
  #record;

  constructor(clock, limit, options) {
    this.#record = recordOf(clock);
    this.#told = settingOf(limit, options);
    this.clock = clock;
    this.limit = this.#told.limit;
    this.calendar = this.#told.calendar;
    this.hours = this.#told.hours;
    this.policies = this.#told.policies;
    Object.freeze(this);
  }

  /** When the result is due as the law counts it, by what happened so far; null before the receipt. */
  due() {
    const held = this.#held(this.#record, null, true);
    return held === null ? null : new Deadline(this.#told, held);
  }

  /** The due moment as the law counts it. */
  get counted() {
    return shownDue(this.#held(this.#record, null, true));
  }

  /** What was promised last in the present count, as it was written down. */
  get promised() {
    const promise = appointmentOf(this.#record);
    return promise === null ? null : showMoment(promise.due);
  }

  /** The moment that holds: what was promised last, moved by the waiting since; else what the law counts. */
  get inForce() {
    return shownDue(this.#held(this.#record, null));
  }

  /** What holds if nothing happens until `now`: a wait that lasts has moved it so far. */
  inForceAt(now) {
    return shownDue(this.#held(this.#record, readMoment(now, "now")));
  }

  /** How the case stands at `now` against what is in force; after the end, how it ended. */
  status({ now }) {
    const moment = readMoment(now, "now");
    const record = asOf(this.#record, moment);
    const held = this.#held(record, moment);
    if (held !== null) return standing(moment, held, this.#within());
    return statusOf(record.phase === "stopped" ? "finished" : "not_started", null);
  }

  /** The time left at `now`, or at the end; null before the receipt. */
  left({ now }) {
    const moment = readMoment(now, "now");
    const held = this.#held(this.#record, moment);
    return held === null ? null : leftAt(this.#until(moment), held.due, held.received, held.waits, this.#within());
  }

  /** The time used up to `now`, or to the end, without waiting; null before the receipt. */
  used({ now }) {
    const moment = readMoment(now, "now");
    const held = this.#held(this.#record, moment);
    return held === null ? null : timeBetween(held.received, this.#until(moment), held.waits, this.#within());
  }

  #within() {
    return { steps: this.limit.steps, setting: this.#told.setting };
  }

  #until(moment) {
    const { stoppedAt } = this.#record;
    return stoppedAt === null ? moment : min(moment, stoppedAt);
  }

  #held(record, known, byLaw = false) {
    const present = presentOf(record);
    if (present.length === 0) return null;
    const { steps, setting } = this.#within();
    const [received, waits] = [present[0].start, waitsOf(present, known)];
    const extensions = record.extensions.filter(({ count }) => count === record.count);
    const promise = byLaw ? null : appointmentOf(record);
    const end =
      promise === null
        ? countAll(received, steps, setting, waits, extensions)
        : promisedEnd(promise.due, promise.at, steps, setting, waits, extensions);
    return { due: end, received, waits, extensions, ended: record.stoppedAt };
  }
}

const shownDue = (held) => (held === null ? null : showMoment(held.due));

/** The promise of the present count; that of an earlier one went with it. */
function appointmentOf({ appointments, count }) {
  const promise = last(appointments);
  return promise && promise.count === count ? promise : null;
}

/** A clock, counted within a limit; the options are those of `due`, but for `pauses`. */
export const countdown = (clock, limit, options = {}) => new Countdown(clock, limit, options);
