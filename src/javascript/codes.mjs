// Codes of agencies, procedures and dossiers: read and written by the grammars of docs/reference/grammars.md.
import { invalid } from "./errors.mjs";
import { dayNumber, readDay, showDay, yearOf } from "./moments.mjs";
import { plainText, stripped } from "./text.mjs";

const LONGEST = 100;
const LONGEST_AGENCY = 35;
const OLD = "[0-9]{3}\\.[0-9]{2}\\.[0-9]{2}\\.[A-Y][0-9]{2}";
const NEW = "[A-Y][0-9]{2}(?:\\.[0-9A-Z]{1,3})*";
const AGENCY = new RegExp(`^(?:${OLD}|${NEW})$`);
const PROCEDURE = new RegExp(`^([0-9]\\.[0-9]{6})(?:\\.(${OLD}))?$`);
const DOSSIER = new RegExp(`^(?:(${OLD})-([0-9]{6})|(${NEW})-([0-9]{8}|[0-9]{6}))-([0-9]{4,})$`);
const LAST_SEQUENCE = 10n ** 20n - 1n;

const plain = (text, place) => stripped(plainText(text, place, LONGEST));
const isAgency = (code) => code.length <= LONGEST_AGENCY && AGENCY.test(code);

export class AgencyCode {
  constructor(text) {
    this.text = text;
    this.isOldOrder = /^[0-9]/.test(text);
    this.levelOne = this.isOldOrder ? text.slice(-3) : text.slice(0, 3);
    Object.freeze(this);
  }

  static parse(text) {
    const code = plain(text, "agency");
    if (isAgency(code)) return new AgencyCode(code);
    throw invalid("agency", text, "mã cơ quan như 000.00.04.G18 hoặc G09.20", "an agency code such as 000.00.04.G18 or G09.20");
  }

  toString() {
    return this.text;
  }
}

export class ProcedureCode {
  constructor(short, owner) {
    this.short = short;
    this.owner = owner;
    Object.freeze(this);
  }

  static parse(text) {
    const found = PROCEDURE.exec(plain(text, "procedure"));
    if (found === null) throw invalid("procedure", text, "mã thủ tục như 1.004222", "a procedure code such as 1.004222");
    return new ProcedureCode(found[1], found[2] === undefined ? null : new AgencyCode(found[2]));
  }

  toString() {
    return this.owner === null ? this.short : `${this.short}.${this.owner}`;
  }
}

export class DossierCode {
  constructor(text) {
    this.text = text;
    const found = DOSSIER.exec(text) ?? [];
    const [, old, short, unit = old, digits = short, sequence] = found;
    const written = digits?.length === 6 ? `20${digits}` : (digits ?? "");
    const day = `${written.slice(0, 4)}-${written.slice(4, 6)}-${written.slice(6)}`;
    this.isForeign = found.length === 0 || !isAgency(unit) || dayNumber(day) === undefined;
    this.agency = this.isForeign ? null : new AgencyCode(unit);
    this.day = this.isForeign ? null : day;
    this.sequence = this.isForeign ? null : BigInt(sequence);
    Object.freeze(this);
  }

  static parse(text) {
    return new DossierCode(plain(text, "dossier"));
  }

  /** The code of dossier number `sequence` of an agency on a day. That none is given out twice is the host's to ensure. */
  static of(agency, day, sequence, { digitsOfDay = 6, width = 4 } = {}) {
    const unit = agency instanceof AgencyCode ? agency : AgencyCode.parse(agency);
    const n = readDay(day, "day");
    const number = whole(sequence, "sequence", 1n, LAST_SEQUENCE);
    const digits = Number(whole(width, "width", 4n, 20n));
    const fits = digitsOfDay === 8 ? !unit.isOldOrder : digitsOfDay === 6 && yearOf(n) >= 2000 && yearOf(n) <= 2099;
    if (!fits) {
      throw invalid(
        "digitsOfDay",
        digitsOfDay,
        "6 (năm 2000 đến 2099), hoặc 8 với mã cơ quan mới",
        "6 (years 2000 to 2099), or 8 with an agency code of the new order",
      );
    }
    const ofDay = showDay(n)
      .replace(/-/g, "")
      .slice(8 - digitsOfDay);
    return DossierCode.parse(`${unit}-${ofDay}-${String(number).padStart(digits, "0")}`);
  }

  toString() {
    return this.text;
  }
}

function whole(value, place, least, most) {
  if (typeof value === "bigint" || Number.isSafeInteger(value)) {
    if (BigInt(value) >= least && BigInt(value) <= most) return BigInt(value);
  }
  throw invalid(place, value, `số nguyên từ ${least} đến ${most}`, `a whole number from ${least} to ${most}`);
}
