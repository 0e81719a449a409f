// The arithmetic of working days over a span of numbered days: what a calendar and a receipt have in common.
import { weekday } from "./moments.mjs";

/**
 * @param {number} first number of the first day
 * @param {number} last number of the last day; before the first where there is none
 * @param {Map<number, {works: boolean, kind: string, replaces: number | null}>} rows the days that differ from the plain week
 * @param {number} announcedUntil
 * @param {(n: number) => Error} outside the error for a day that is not in the span
 */
export function spanOfDays(first, last, rows, announcedUntil, outside) {
  const before = [0]; // at i the working days before the day first + i
  const worked = [];
  for (let n = first; n <= last; n += 1) {
    if (rows.has(n) ? rows.get(n).works : weekday(n) < 5) worked.push(n);
    before.push(worked.length);
  }
  const at = (n) => {
    if (n < first || n > last) throw outside(n);
    return n - first;
  };
  const upTo = (n) => before[at(n) + 1];
  const isWorkday = (n) => upTo(n) !== before[n - first];
  /** The count-th working day after n, before it for a negative count; for 0 itself, or else the next. */
  const add = (n, count) => {
    const place = count > 0 ? upTo(n) + count - 1 : before[at(n)] + count;
    const found = worked[place];
    if (found === undefined) throw outside(place < 0 ? first - 1 : last + 1);
    return found;
  };
  /** The working days after a, up to b; with b first, minus those from b up to, not including, a. */
  const count = (a, b) => (a <= b ? upTo(b) - upTo(a) : before[at(b)] - before[at(a)]);
  const day = (n) => rows.get(first + at(n)) ?? PLAIN[Number(isWorkday(n))];
  return { isWorkday, add, count, next: (n) => add(n, 1), day, announcedUntil };
}

const PLAIN = ["weekend", "working"].map((kind) => ({ kind, replaces: null, announcedOn: null }));
