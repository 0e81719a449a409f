// Text from outside, held to what can be stored and sent. Blanks are those of Unicode, and U+001C to U+001F.
import { invalid } from "./errors.mjs";

export const BLANK = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const AROUND = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, "g");
const RUNS = new RegExp(`[${BLANK}]+`, "g");
const RUNS_IN_LINE = new RegExp(`(?:(?!\\n)[${BLANK}])+`, "g");

export const stripped = (text) => text.replace(AROUND, "");
export const singleBlanks = (text) => stripped(text.replace(RUNS, " "));
export const singleBlanksInLines = (text) => stripped(text.replace(RUNS_IN_LINE, " "));
export const length = (text) => [...text].length;

/** Text in normal form C, of 1 to `longest` characters that are not all blanks, without NUL or half a surrogate pair. */
export function plainText(value, place, longest) {
  if (typeof value === "string" && value.length <= 8 * longest && length(value) <= 4 * longest && !/\0|\p{Surrogate}/u.test(value)) {
    const text = value.normalize("NFC");
    if (length(text) <= longest && stripped(text)) return text;
  }
  throw invalid(
    place,
    value,
    `chuỗi Unicode từ 1 đến ${longest} ký tự, không chỉ có khoảng trắng`,
    `Unicode text of 1 to ${longest} characters, not only blanks`,
  );
}
