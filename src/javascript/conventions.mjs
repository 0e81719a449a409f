// Conventions of offices that are met in the field, each by its name. None of them is law; the law is what `due` counts.
import { Countdown } from "./clock.mjs";
import { countAll } from "./counting.mjs";
import { data } from "./data.mjs";
import { Deadline, countOf } from "./due.mjs";
import { OnestopError, invalid, shown } from "./errors.mjs";
import { officeOf } from "./hours.mjs";
import { DAY, HOUR, LAST_SECOND, MINUTE, dayOfMoment, onDay, showMoment, timeOf } from "./moments.mjs";

const NOON = 12n * HOUR;

/** By code: the question of a deadline asked otherwise, or its moment `moved` at the end; null where it cannot arise. */
const MODELS = {
  receipt_day_counted: (asked) => ({ ...asked, received: asked.received - DAY }),
  late_receipt_every_limit: (asked) => {
    return { ...asked, setting: { ...asked.setting, policies: { ...asked.setting.policies, lateReceipt: "every_limit" } } };
  },
  same_clock_time: (asked) => ({ ...asked, moved: (at) => onDay(dayOfMoment(at), timeOf(asked.received)) }),
  same_half_day: (asked) => {
    const { hours, days } = asked.setting;
    if (hours === null) return null;
    const morning = timeOf(asked.received) < NOON;
    const moved = (at) => {
      const n = dayOfMoment(at);
      const [, end] =
        officeOf(hours)
          .sessions(days, n)
          .filter(([opens]) => opens < NOON === morning)
          .pop() ?? [];
      return end === undefined ? at : onDay(n, end === DAY ? LAST_SECOND : end);
    };
    return { ...asked, moved };
  },
  rounded_to_quarter: (asked) => {
    const minutes = timeOf(asked.received) / MINUTE;
    return { ...asked, moved: (at) => onDay(dayOfMoment(at), (minutes + 15n - (minutes % 15n)) * MINUTE) };
  },
};

const CONVENTIONS = Object.freeze(data.conventions.map(({ code, name }) => Object.freeze({ code, name: Object.freeze(name) })));

export const conventions = () => CONVENTIONS;

export function countedOtherwise(due, code) {
  if (!CONVENTIONS.some((row) => row.code === code)) {
    throw new OnestopError("unknown-code", "code", { vi: `không có cách tính ${shown(code)}`, en: `no way of counting ${shown(code)}` });
  }
  const ours = due instanceof Countdown ? due.due() : due;
  if (!(ours instanceof Deadline))
    throw invalid("due", due, "hạn trả kết quả của hồ sơ đã tiếp nhận", "a deadline, or a countdown of a case that was received");
  const changed = MODELS[code]({ ...countOf(ours), moved: (at) => at });
  if (changed === null) return null;
  const { received, steps, setting, waits, extensions, moved } = changed;
  return showMoment(moved(countAll(received, steps, setting, waits, extensions)));
}
