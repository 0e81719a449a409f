// Errors: one class, with a stable code, the place of the fault, and words in Vietnamese and English.

/** What every refusal of this package is. Nothing else is thrown on purpose, whatever comes in. */
export class OnestopError extends Error {
  /**
   * @param {string} code invalid-value, calendar-coverage, unknown-code, invalid-event or transition-not-allowed
   * @param {string} place the argument or field, such as "receivedAt"
   * @param {{vi: string, en: string}} text what happened, and what was expected
   */
  constructor(code, place, text) {
    super(text.en);
    this.name = "OnestopError";
    this.code = code;
    this.place = place;
    this.text = Object.freeze({ ...text });
  }

  toJSON() {
    return { code: this.code, place: this.place, text: this.text };
  }
}

const VIETNAMESE = {
  act: "việc xảy ra với đồng hồ",
  agency: "mã cơ quan",
  amount: "số lượng",
  asOf: "ngày biết thông tin",
  at: "thời điểm",
  calendar: "lịch",
  clock: "đồng hồ",
  day: "ngày",
  digitsOfDay: "số chữ số của ngày",
  dossier: "mã hồ sơ",
  due: "hạn trả kết quả",
  end: "ngày cuối",
  endOnDayOff: "cách tính khi ngày cuối là ngày nghỉ",
  hours: "giờ làm việc",
  lateReceipt: "cách tính khi nhận sau 15 giờ",
  limit: "thời hạn",
  makeUp: "giờ của ngày làm bù",
  moment: "thời điểm",
  n: "số ngày",
  now: "thời điểm hiện tại",
  pauses: "thời gian tạm ngừng",
  predicted: "cách xử lý ngày dự kiến",
  procedure: "mã thủ tục",
  promise: "ngày hẹn",
  reason: "lý do",
  receipt: "biên nhận",
  receivedAt: "thời điểm tiếp nhận",
  sequence: "số thứ tự",
  session: "buổi làm việc",
  start: "ngày đầu",
  unit: "đơn vị",
  until: "thời điểm cuối",
  width: "số chữ số",
};
const MOST = 80;

/** A value as a message may echo it. */
export function shown(value) {
  let text;
  try {
    text = typeof value === "string" ? `'${value.slice(0, MOST)}'` : typeof value === "bigint" ? String(value) : JSON.stringify(value);
  } catch {
    text = undefined;
  }
  text = text ?? typeof value;
  return text.length > MOST ? `${text.slice(0, MOST - 3)}...` : text;
}

export function invalid(place, value, vi, en) {
  const given = value === null || value === undefined ? "chưa có giá trị" : `giá trị ${shown(value)} không hợp lệ`;
  return new OnestopError("invalid-value", place, {
    vi: `${VIETNAMESE[place] ?? place}: ${given}; cần ${vi}`,
    en: `${place}: cannot use ${shown(value)}; expected ${en}`,
  });
}

export function oneOf(place, value, known) {
  const listed = known.join(", ");
  return known.includes(value) ? value : refuse(invalid(place, value, `một trong: ${listed}`, `one of ${listed}`));
}

/** Throw, where an expression is wanted. */
export function refuse(error) {
  throw error;
}
