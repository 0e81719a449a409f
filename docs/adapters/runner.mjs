#!/usr/bin/env node
// The runner of the onestop_core conformance suite for whoever has no Python: Node.js 18 or later, this one file.
//
//   node runner.mjs FOLDER --exec "COMMAND" [--area NAME]... [--profile NAME] [--require NAME]...
//                   [--timeout SECONDS] [--total SECONDS] [--format text|json] [--lang en|vi]
//
// FOLDER is what `onestop conformance export` wrote, or the folder of the cases. The exit code is 0 when COMMAND conforms, 1 when it
// does not, 2 when nothing could be tested. Protocol, matching, verdicts and report are those of `onestop conformance`:
// for the same program the report is the same, but for the name of the runner and the times.
import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const RUNNER = { name: "onestop_core runner.mjs", version: "2.0.0" };
const PROTOCOL = "2";

/** What a user did wrong or has to mend: told in both languages, exit code 2. */
class Trouble extends Error {
  constructor(en, vi) {
    super(en);
    this.text = { vi, en };
  }
}

// ---- JSON, exactly: a number is its digits, an object a Map, and what no document may hold is refused.

/** A number as it was written, without an exponent and without a fraction that is zero. */
class Num {
  constructor(text) {
    this.text = text;
  }
  get whole() {
    return !this.text.includes(".");
  }
  /** The same for the same number: 1.50 and 1.5 are one. */
  get value() {
    return this.whole ? this.text : this.text.replace(/0+$/, "");
  }
}

const MOST_DIGITS = 40;
const MOST_FRACTIONS = 2000;
const DEEPEST = 64;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

class NotJson extends Error {}

function number(literal, fraction, exponent, seen) {
  if (fraction === undefined && exponent === undefined) {
    if (literal.replace("-", "").length > MOST_DIGITS) throw new NotJson();
    return new Num(literal === "-0" ? "0" : literal);
  }
  seen.add(literal);
  if (literal.length > MOST_DIGITS || seen.size > MOST_FRACTIONS) throw new NotJson();
  const shift = exponent === undefined ? 0 : Number(exponent.slice(1));
  if (exponent !== undefined && exponent.replace(/^[eE][+-]?0*/, "").length > 3) throw new NotJson();
  const sign = literal.startsWith("-") ? "-" : "";
  const before = literal.slice(sign.length).replace(/[.eE].*$/, "");
  let digits = before + (fraction ?? ".").slice(1);
  let point = before.length + shift;
  const leading = digits.length - digits.replace(/^0+/, "").length;
  const adjusted = leading === digits.length ? shift - (fraction ?? ".").length + 1 : point - leading - 1;
  if (Math.abs(adjusted) > MOST_DIGITS) throw new NotJson();
  if (point <= 0) [digits, point] = ["0".repeat(1 - point) + digits, 1];
  digits = digits.padEnd(point, "0");
  const whole = digits.slice(0, point).replace(/^0+(?=[0-9])/, "");
  const rest = digits.slice(point);
  if (/^0*$/.test(rest)) return new Num(whole === "0" ? "0" : sign + whole);
  return new Num(`${sign}${whole}.${rest}`);
}

/** Return the value that a text says in JSON: null, true, false, text, Num, Array or Map. */
export function parse(text) {
  let at = 0;
  const fractions = new Set();
  const fail = () => {
    throw new NotJson();
  };
  const blank = () => {
    while (at < text.length && " \t\n\r".includes(text[at])) at += 1;
  };
  const string = () => {
    let found = "";
    at += 1;
    for (;;) {
      PLAIN.lastIndex = at;
      found += PLAIN.exec(text)[0];
      at = PLAIN.lastIndex;
      if (text[at] === '"') break;
      if (text[at] !== "\\") fail();
      const mark = text[at + 1];
      if (mark === "u") {
        const code = text.slice(at + 2, at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(code)) fail();
        found += String.fromCharCode(parseInt(code, 16));
        at += 6;
      } else if (Object.hasOwn(ESCAPES, mark ?? "")) {
        found += ESCAPES[mark];
        at += 2;
      } else fail();
    }
    at += 1;
    if (found.includes("\0") || broken(found)) fail();
    return found;
  };
  const value = (depth) => {
    blank();
    const begin = text[at];
    if (begin === '"') return string();
    if (begin === "{" || begin === "[") {
      const isObject = begin === "{";
      const found = isObject ? new Map() : [];
      at += 1;
      blank();
      if (text[at] === (isObject ? "}" : "]")) {
        at += 1;
        return found;
      }
      if (depth >= DEEPEST) fail();
      for (;;) {
        if (isObject) {
          blank();
          if (text[at] !== '"') fail();
          const key = string();
          if (found.has(key)) fail();
          blank();
          if (text[at] !== ":") fail();
          at += 1;
          found.set(key, value(depth + 1));
        } else found.push(value(depth + 1));
        blank();
        const mark = text[at];
        at += 1;
        if (mark === (isObject ? "}" : "]")) return found;
        if (mark !== ",") fail();
      }
    }
    for (const [word, meaning] of [["true", true], ["false", false], ["null", null]]) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(text) ?? fail();
    at = NUMBER.lastIndex;
    return number(match[0], match[1], match[2], fractions);
  };
  const found = value(0);
  blank();
  if (at < text.length) fail();
  return found;
}

function broken(text) {
  for (const character of text) {
    const code = character.codePointAt(0);
    if (code >= 0xd800 && code <= 0xdfff) return true;
  }
  return false;
}

const byCodePoint = (a, b) => {
  const [one, other] = [[...a], [...b]];
  for (let n = 0; n < Math.min(one.length, other.length); n += 1) {
    if (one[n] !== other[n]) return one[n].codePointAt(0) - other[n].codePointAt(0);
  }
  return one.length - other.length;
};

/** Return a value as JSON text: members in their order with blanks as Python writes it, or canonical, or in ASCII. */
export function write(value, { canonical = false, ascii = false } = {}) {
  const [comma, colon] = canonical ? [",", ":"] : [", ", ": "];
  const quoted = (text) => {
    const plain = JSON.stringify(text);
    if (!ascii) return plain;
    return plain.replace(/[^\x00-\x7e]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
  };
  const inner = (each) => {
    if (each === null || typeof each === "boolean") return String(each);
    if (typeof each === "string") return quoted(each);
    if (typeof each === "number") return String(each);
    if (each instanceof Num) return canonical ? each.value : each.text;
    if (Array.isArray(each)) return `[${each.map(inner).join(comma)}]`;
    const members = each instanceof Map ? [...each] : Object.entries(each);
    if (canonical) members.sort(([a], [b]) => byCodePoint(a, b));
    return `{${members.map(([key, one]) => quoted(key) + colon + inner(one)).join(comma)}}`;
  };
  return inner(value);
}

/** Return a value as JSON text over many lines. */
function pretty(value, indent = "") {
  const deeper = `${indent}  `;
  if (Array.isArray(value) && value.length) {
    return `[\n${value.map((each) => deeper + pretty(each, deeper)).join(",\n")}\n${indent}]`;
  }
  if (value !== null && typeof value === "object" && !(value instanceof Num) && !Array.isArray(value)) {
    const members = value instanceof Map ? [...value] : Object.entries(value);
    if (!members.length) return "{}";
    return `{\n${members.map(([key, each]) => `${deeper}${JSON.stringify(key)}: ${pretty(each, deeper)}`).join(",\n")}\n${indent}}`;
  }
  return write(value);
}

const sha256 = (content) => createHash("sha256").update(content).digest("hex");
const digest = (value) => `sha256:${sha256(write(value, { canonical: true }))}`;

/** Return the first characters of a text: whole ones, never half a pair. */
const cut = (text, most) => (text.length <= most ? text : [...text].slice(0, most).join(""));
const lengthOf = (text) => [...text].length;

// ---- Whether an answer is the one expected.

const LONGEST_SHOWN = 300;
const LONGEST_KEPT = 4000;
const MOMENT =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/;
const DAY = 86400;
const VIETNAM = 7 * 3600;

function brief(value) {
  const text = write(value);
  return lengthOf(text) <= LONGEST_SHOWN ? text : `${cut(text, LONGEST_SHOWN - 3)}...`;
}

/** Return an answer as a report keeps it: fractions as every reader of JSON has them, and one that is too long as the beginning of its text. */
const kept = (value) => (lengthOf(write(value)) <= LONGEST_KEPT ? common(value) : brief(value));

function common(value) {
  if (value instanceof Num && !value.whole) return parse(String(Number(value.text)));
  if (Array.isArray(value)) return value.map(common);
  return value instanceof Map ? new Map([...value].map(([key, each]) => [key, common(each)])) : value;
}

function pathOf(parts) {
  return parts.reduce((path, part) => {
    if (typeof part === "number") return `${path}[${part}]`;
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? `${path}.${part}` : `${path}[${JSON.stringify(part)}]`;
  }, "$");
}

/** Return the first place where an answer is not what was expected, in both languages; null where it is. */
export function difference(expected, actual, place = []) {
  const said = () => {
    const [at, wanted, got] = [pathOf(place), brief(expected), brief(actual)];
    return { vi: `${at}: cần ${wanted}, nhận được ${got}`, en: `${at}: expected ${wanted}, got ${got}` };
  };
  if (expected instanceof Map) {
    if (!(actual instanceof Map)) return said();
    for (const [key, value] of expected) {
      const there = [...place, key];
      if (!actual.has(key)) return { vi: `${pathOf(there)}: thiếu`, en: `${pathOf(there)}: missing` };
      const found = difference(value, actual.get(key), there);
      if (found) return found;
    }
    return null;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return said();
    for (const [index, value] of expected.entries()) {
      const found = difference(value, actual[index], [...place, index]);
      if (found) return found;
    }
    return null;
  }
  if (expected instanceof Num) return actual instanceof Num && actual.value === expected.value ? null : said();
  return expected === actual || sameMoment(expected, actual) ? null : said();
}

function sameMoment(expected, actual) {
  if (typeof expected !== "string" || typeof actual !== "string") return false;
  const [wanted, given] = [instant(expected), instant(actual)];
  if (wanted === null || given === null) return false;
  const same = wanted[0] === given[0] && wanted[1] === given[1];
  if (wanted[1] || (wanted[0] + VIETNAM) % DAY !== DAY - 1) return same;
  return given[0] === wanted[0] || (given[0] === wanted[0] + 1 && given[1] === ""); // what ends with a day ends at 24:00
}

/** Return a moment as its whole seconds and the digits of the rest; null where it is none. */
function instant(text) {
  const match = MOMENT.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second, , , hours, minutes] = match.slice(1).map((each) => Number(each ?? 0));
  const rest = (match[7] ?? "").replace(/0+$/, "");
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengths[month - 1]) return null;
  const clock = (hour * 60 + minute) * 60 + second;
  if (minute >= 60 || second >= 60 || hours >= 24 || minutes >= 60) return null;
  if (clock > DAY || (clock === DAY && rest)) return null;
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) + day;
  for (let n = 0; n < month - 1; n += 1) days += lengths[n];
  const ahead = (hours * 60 + minutes) * 60 * (match[8] === "-" ? -1 : 1);
  return [days * DAY + clock - ahead, rest];
}

// ---- The suite, its profiles and tables.

function document(path) {
  try {
    return parse(new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)));
  } catch (error) {
    const why = error instanceof NotJson || error instanceof TypeError ? ["not JSON", "không phải JSON"] : [error.code ?? String(error), error.code ?? String(error)];
    throw new Trouble(`${path}: ${why[0]}`, `${path}: ${why[1]}`);
  }
}

/** Return the suite that lies in a folder: version, areas, cases, profiles, digests. */
export function load(folder, tables) {
  const cases = existsSync(join(folder, "suite.json")) ? folder : join(folder, "cases");
  if (!existsSync(join(cases, "suite.json"))) {
    throw new Trouble(`${folder}: no suite.json and no cases/suite.json`, `${folder}: không có suite.json hay cases/suite.json`);
  }
  const beside = [folder, dirname(resolve(cases))];
  const profiles = beside.map((each) => join(each, "profiles.json")).find((each) => existsSync(each));
  const law =
    tables ??
    [...beside.map((each) => join(each, "tables")), join(dirname(resolve(cases)), "..", "data")].find(
      (each) => existsSync(each) && existsSync(join(each, "vn")),
    );
  if (law === undefined) {
    throw new Trouble("no law tables beside the cases; name their folder with --tables", "không thấy các bảng pháp luật cạnh các ca kiểm thử; hãy nêu thư mục sau --tables");
  }
  const head = document(join(cases, "suite.json"));
  const areas = [...head.get("areas")].map(([name, raw]) => ({ name, operations: raw.get("operations") }));
  const found = [];
  for (const area of readdirSync(cases).sort(byCodePoint)) {
    if (!statSync(join(cases, area)).isDirectory()) continue;
    const order = areas.findIndex((each) => each.name === area);
    for (const topic of readdirSync(join(cases, area)).sort(byCodePoint)) {
      for (const each of casesOf(document(join(cases, area, topic)))) found.push({ ...each, order });
    }
  }
  found.sort((a, b) => a.order - b.order); // topics stay in their order
  const suite = { version: head.get("version"), areas, cases: found, profiles: [] };
  const inOrder = [...found].sort((a, b) => byCodePoint(a.id, b.id));
  suite.digest = digest({
    version: suite.version,
    cases: inOrder.map((each) => ({ ...questionOf(each), area: each.area, level: each.level })),
  });
  suite.tablesDigest = tablesDigest(law);
  for (const raw of profiles === undefined ? [] : document(profiles).get("profiles")) {
    const operations = raw.get("operations") ?? [];
    const mine = (each) => raw.get("areas").includes(each.area) || operations.includes(each.operation);
    const said = { title: both(raw.get("title")), purpose: both(raw.get("purpose")), areas: raw.get("areas") };
    suite.profiles.push({
      name: raw.get("name"),
      version: Number(raw.get("version").text),
      areas: raw.get("areas"),
      operations,
      digest: digest({
        profile: { name: raw.get("name"), version: raw.get("version"), ...said, ...(operations.length ? { operations } : {}) },
        cases: inOrder.filter((each) => each.level === "required" && mine(each)).map(questionOf),
      }),
    });
  }
  return suite;
}

const both = (raw) => ({ vi: raw.get("vi"), en: raw.get("en") ?? raw.get("vi") });

function* casesOf(topic) {
  const bases = new Map();
  for (const [name, raw] of topic.get("bases")) {
    const article = raw.has("article") ? `, art. ${raw.get("article")}` : "";
    bases.set(name, `${raw.get("instrument")}${article} [${raw.get("firmness")}]`);
  }
  for (const group of topic.get("groups")) {
    for (const raw of group.get("cases")) {
      yield {
        id: `${topic.get("area")}/${raw.get("id")}`,
        area: topic.get("area"),
        operation: group.get("operation"),
        level: group.get("level"),
        rules: group.get("rules"),
        basis: group.get("basis").map((name) => bases.get(name)),
        description: raw.get("description"),
        input: raw.get("input"),
        expected: raw.has("expected") ? raw.get("expected") : null,
        refused: raw.get("refused") ?? null,
        disputed: raw.has("disputed") ? { since: raw.get("disputed").get("since"), why: both(raw.get("disputed").get("why")) } : null,
      };
    }
  }
}

function questionOf({ id, operation, input, expected, refused }) {
  return { id, operation, input, ...(refused === null ? { expected } : { refused }) };
}

function tablesDigest(folder) {
  const lines = [];
  const walk = (path) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const name = path ? `${path}/${entry.name}` : entry.name;
      if (entry.isDirectory()) walk(name);
      else lines.push([name, sha256(readFileSync(join(folder, name)))]);
    }
  };
  walk("");
  lines.sort(([a], [b]) => byCodePoint(a, b));
  return `sha256:${sha256(lines.map(([name, sum]) => `${sum}  ${name}\n`).join(""))}`;
}

// ---- What is asked, and what is demanded.

const unknown = (kind, name, known) =>
  new Trouble(`unknown ${kind.en}: ${name}; there are: ${known.join(", ")}`, `${kind.vi} không xác định: ${name}; có: ${known.join(", ")}`);

function plan(suite, { areas, profile, require }) {
  const names = suite.areas.map((each) => each.name);
  for (const name of areas ?? []) {
    if (!names.includes(name)) throw unknown({ vi: "lĩnh vực kiểm thử", en: "conformance area" }, name, names);
  }
  const operations = suite.areas.flatMap((area) => area.operations.map((each) => `${area.name}/${each}`));
  const demand = (name) => {
    const found = names.includes(name) || operations.includes(name) ? name : operations.find((each) => each.endsWith(`/${name}`));
    if (found === undefined) throw unknown({ vi: "lĩnh vực hoặc phép tính", en: "area or operation" }, name, [...names, ...operations]);
    return found;
  };
  const unique = (list) => [...new Set(list)];
  if (profile !== undefined) {
    const wanted = cited(suite, profile);
    const demanded = [...wanted.areas, ...wanted.operations.map(demand)];
    const mine = new Set([...demanded.map((each) => each.split("/")[0]), ...(areas ?? [])]);
    const { name, version, digest: sum } = wanted;
    return { profile: { name, version, digest: sum }, demanded, cases: suite.cases.filter((each) => mine.has(each.area)) };
  }
  return {
    profile: null,
    demanded: require?.length ? unique(require.map(demand)) : areas?.length ? unique(areas) : null,
    cases: areas?.length ? suite.cases.filter((each) => areas.includes(each.area)) : suite.cases,
  };
}

function cited(suite, text) {
  const match = /^([^@#]+)(?:@([0-9]{1,6}))?(?:#sha256:([0-9a-f]{12,64}))?$/.exec(text);
  const form = "desk, desk@1, desk@1#sha256:0123456789ab";
  if (match === null) throw new Trouble(`${text}: expected a profile such as ${form}`, `${text}: cần bộ yêu cầu như ${form}`);
  const kind = { vi: "bộ yêu cầu", en: "profile" };
  const found = suite.profiles.find((each) => each.name === match[1]);
  if (found === undefined) throw unknown(kind, match[1], suite.profiles.map((each) => each.name));
  if (match[2] !== undefined && Number(match[2]) !== found.version) {
    throw unknown(kind, `${found.name}@${match[2]}`, [`${found.name}@${found.version}`]);
  }
  if (match[3] !== undefined && !found.digest.startsWith(`sha256:${match[3]}`)) {
    const has = `${found.name}@${found.version}#${found.digest}`;
    throw new Trouble(`${text}: the digest that this suite has: ${has}`, `${text}: mã băm của bộ ca kiểm thử này: ${has}`);
  }
  return found;
}

// ---- A conversation with a program: it is started, asked, listened to and ended, whatever it does.

const LONGEST_LINE = 1_000_000;
const LONGEST_ERROR = 500;
const PATIENCE = 10;
const FAREWELL = 2000;
const GRACE = 200;
const LAST_WORDS = 5000;
const NEWLINE = 10;

class Fault extends Error {
  constructor(kind, reason) {
    super(reason.en);
    this.kind = kind;
    this.reason = reason;
  }
}

const nonsense = (vi, en, shown) => {
  const seen = shown === undefined ? "" : `: ${Buffer.isBuffer(shown) ? bytesText(shown) : brief(shown)}`;
  return new Fault("nonsense", { vi: vi + seen, en: en + seen });
};

/** Return bytes as Python shows them. */
function bytesText(bytes) {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  const short = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\" };
  const shown = [...bytes].map((each) => {
    if (short[each]) return short[each];
    if (each === quote.charCodeAt(0)) return `\\${quote}`;
    return each >= 32 && each < 127 ? String.fromCharCode(each) : `\\x${each.toString(16).padStart(2, "0")}`;
  });
  return `b${quote}${shown.join("")}${quote}`;
}

function secondsText(seconds) {
  const rounded = Math.round(seconds * 1000) / 1000;
  const [whole, rest] = (Number.isInteger(rounded) ? `${rounded}.0` : String(rounded)).split(".");
  const english = `${whole.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, ",")}.${rest}`;
  return { vi: `${english.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."))} giây`, en: `${english} s` };
}

/** One running program: what it has said and nobody has read yet, and its last words of complaint. */
class Program {
  constructor(child, mark) {
    this.child = child;
    this.mark = mark;
    this.said = [];
    this.length = 0;
    this.complaints = Buffer.alloc(0);
    this.speechless = false;
    this.deaf = false;
    this.exitCode = null;
    this.changed = () => {};
    child.stdout.on("data", (data) => {
      this.said.push(data);
      this.length += data.length;
      if (this.length > LONGEST_LINE) child.stdout.pause(); // it waits until somebody has read
      this.changed();
    });
    child.stderr.on("data", (data) => {
      this.complaints = Buffer.concat([this.complaints, data]).subarray(-LAST_WORDS);
    });
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on("error", () => {});
    const closed = () => {
      this.speechless = true;
      this.changed();
    };
    child.stdout.on("end", closed).on("close", closed);
    child.stdin.on("close", () => {
      if (this.exitCode !== null) return; // it has ended, and what it said last may still be on its way
      this.deaf = true;
      this.changed();
    });
    this.exited = new Promise((done) => {
      child.on("exit", (code, signal) => {
        this.exitCode = code ?? -constants.signals[signal];
        done();
      });
    });
    this.gone = new Promise((done) => child.on("close", done));
  }

  get reads() {
    return this.child.stdin.writableLength === 0;
  }

  tell(line) {
    if (!this.deaf) this.child.stdin.write(line);
  }

  /** Return the next line that it says; an empty one where it says no more; null after so many milliseconds. */
  async line(milliseconds) {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.changed();
    }, milliseconds);
    try {
      for (;;) {
        const found = this.take();
        if (found !== null) return found;
        if (late) return null;
        await new Promise((done) => {
          this.changed = done;
        });
      }
    } finally {
      clearTimeout(timer);
      this.changed = () => {};
    }
  }

  take() {
    if (this.said.length > 1) this.said = [Buffer.concat(this.said)];
    const all = this.said[0] ?? Buffer.alloc(0);
    const end = all.indexOf(NEWLINE);
    const length = end < 0 ? all.length : end;
    if (length > LONGEST_LINE) {
      throw nonsense(`một dòng dài hơn ${LONGEST_LINE} byte`, `more than ${LONGEST_LINE} bytes in one line`);
    }
    if (end < 0 && !this.speechless && !this.deaf) return null;
    const rest = all.subarray(length + 1);
    this.said = rest.length ? [rest] : [];
    this.length = rest.length;
    this.child.stdout.resume();
    return all.subarray(0, length + 1);
  }

  /** End it and every process that it has started, and let go of its pipes. */
  async end(gently) {
    if (gently && this.reads) {
      this.child.stdin.end();
      await within(FAREWELL, this.exited);
    }
    this.kill();
    for (const stream of this.child.stdio) stream.destroy();
    await within(FAREWELL, this.gone);
  }

  kill() {
    this.killGroup();
    // What left the group is known by a mark in its environment, on systems that tell of their processes (Linux).
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      const found = marked(this.mark);
      for (const number of found) quietly(() => process.kill(number, "SIGKILL"));
      if (!found.length) return;
    }
  }

  killGroup() {
    quietly(() => {
      // Its children too: a script that starts a Java machine is not the machine. Windows has no groups of processes.
      if (process.platform === "win32") this.child.kill("SIGKILL");
      else process.kill(-this.child.pid, "SIGKILL");
    });
  }
}

/** Do what may fail because somebody is gone already. */
function quietly(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}

const MARK = "ONESTOP_CONFORMANCE_RUN";
const SWEEPS = 5;

function marked(mark) {
  const wanted = `${MARK}=${mark}`;
  const numbers = (quietly(() => readdirSync("/proc")) ?? []).filter((name) => /^[0-9]+$/.test(name));
  const has = (number) => quietly(() => readFileSync(`/proc/${number}/environ`, "latin1").split("\0").includes(wanted));
  return numbers.filter(has).map(Number);
}

function within(milliseconds, promise) {
  let timer;
  const late = new Promise((done) => {
    timer = setTimeout(done, milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A program under test, started again after each fault. */
class Adapter {
  constructor(words, suite, { timeout, total }) {
    this.words = words;
    this.suite = suite;
    this.timeout = timeout;
    this.total = total;
    this.until = performance.now() + total * 1000;
    this.greeting = null;
    this.hanging = new Map();
    this.ended = false;
    this.faults = 0;
    this.asked = 0;
    this.program = null;
  }

  get remaining() {
    return (this.until - performance.now()) / 1000;
  }

  async start() {
    try {
      await this.greet();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const [vi, en] = error.kind === "absent" ? ["", ""] : ["không chào theo giao thức: ", "it does not greet: "];
      throw new Trouble(`${this.words[0]}: ${en}${error.reason.en}`, `${this.words[0]}: ${vi}${error.reason.vi}`);
    }
  }

  /** Return the answer to the question of a case, or the fault that came instead. */
  async ask(question) {
    const left = this.leftAlone(question);
    if (left !== null) return left;
    let answer;
    try {
      if (this.program === null) await this.greet();
      const { operations } = this.greeting;
      if (operations !== null && !operations.includes(question.operation)) return { unsupported: true };
      this.asked += 1;
      const begun = performance.now();
      const message = { id: this.asked, operation: question.operation, input: question.input };
      answer = this.readAnswer(await this.exchange(message));
      answer.milliseconds = Math.round(performance.now() - begun);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.faults += 1;
      await this.stop(false);
      return { fault: error.kind, reason: error.reason };
    }
    this.faults = 0;
    return answer;
  }

  /** Return the fault that stands for an answer where the question is not put. */
  leftAlone(question) {
    const told = (fault, vi, en) => ({ fault, reason: { vi: `không hỏi nữa: ${vi}`, en: `not asked: ${en}` } });
    if (this.faults >= PATIENCE) return told("crash", `${PATIENCE} sự cố liên tiếp`, `${PATIENCE} faults in a row`);
    if ((this.hanging.get(question.operation) ?? 0) >= PATIENCE) {
      return told("timeout", `${PATIENCE} câu của phép tính này quá thời gian`, `${PATIENCE} of its operation took too long`);
    }
    if (this.remaining > 0) return null;
    const took = secondsText(this.total);
    return told("timeout", `đã hết ${took.vi}`, `${took.en} are over`);
  }

  /** Count the required questions of an operation on which no answer came in time. */
  note(result) {
    if (result.fault !== "timeout" || result.level !== "required" || result.disputed) return;
    this.hanging.set(result.operation, (this.hanging.get(result.operation) ?? 0) + 1);
  }

  async greet() {
    const [command, ...rest] = this.words;
    const mark = randomUUID().replaceAll("-", "");
    const options = { detached: process.platform !== "win32", windowsHide: true, env: { ...process.env, [MARK]: mark } };
    const child = spawn(command, rest, { ...options, stdio: ["pipe", "pipe", "pipe"] });
    const trouble = await new Promise((done) => {
      child.on("spawn", () => done(null));
      child.on("error", done);
    });
    if (trouble) {
      const reasons = {
        ENOENT: { vi: "không tìm thấy chương trình", en: "there is no such program" },
        EACCES: { vi: "không có quyền chạy", en: "it may not be run" },
      };
      throw new Fault("absent", reasons[trouble.code] ?? { vi: "không chạy được", en: "it cannot be started" });
    }
    this.program = new Program(child, mark);
    if (this.ended) await this.stop(false); // interrupted while it was being started
    const said = await this.exchange({ hello: PROTOCOL, suite: this.suite.version, digest: this.suite.digest });
    const greeting = greetingOf(said, this.words);
    this.greeting ??= greeting;
    const alike = ({ software, operations }) => write([software, operations && [...new Set(operations)].sort()], { canonical: true });
    if (alike(greeting) !== alike(this.greeting)) throw nonsense("chào khác lần trước", "it greets otherwise than before", said);
  }

  async exchange(message) {
    const { program } = this;
    if (program === null) throw new Fault("crash", { vi: "đã bị dừng", en: "it was ended" });
    if (program.length) {
      const words = Buffer.concat(program.said).subarray(0, 60);
      throw nonsense("nói khi chưa được hỏi", "it speaks without being asked", words);
    }
    // Plain ASCII: no program can trip over the encoding of its input.
    program.tell(`${write(message, { ascii: true })}\n`);
    const seconds = Math.min(this.timeout, Math.max(this.remaining, 0));
    const line = await program.line(seconds * 1000);
    if (line === null) {
      const took = secondsText(seconds);
      throw new Fault("timeout", { vi: `không trả lời trong ${took.vi}`, en: `no answer in ${took.en}` });
    }
    if (!line.length) throw await ended(program);
    if (!program.reads) {
      throw nonsense("trả lời mà không đọc câu hỏi", "it answers without reading the question", line.subarray(0, 60));
    }
    let answer;
    try {
      answer = parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
    } catch {
      throw nonsense("không phải JSON", "no JSON", line.subarray(0, 200));
    }
    if (!(answer instanceof Map)) throw nonsense("không phải đối tượng JSON", "not an object", answer);
    return answer;
  }

  readAnswer(message) {
    const id = message.get("id");
    if (!(id instanceof Num) || id.text !== String(this.asked)) {
      throw nonsense(`cần id ${this.asked}`, `expected id ${this.asked}`, message);
    }
    // Many writers of JSON put null, or false, where there is nothing.
    const given = ANSWERS.filter((key) => ![undefined, null, false].includes(message.get(key)));
    if (message.get("result") === false) given.push("result");
    const wanted = ANSWERS.join(", ");
    if (given.length > 1) throw nonsense(`nhiều hơn một trong: ${wanted}`, `more than one of ${wanted}`, message);
    const value = message.get(given[0] ?? "result");
    if (given[0] === "unsupported" && value === true) return { declined: true };
    if (given[0] === "error") {
      const words = cut(typeof value === "string" ? value : brief(value), LONGEST_ERROR);
      return { fault: "error", reason: { vi: words, en: words } };
    }
    if (given[0] === "refused" && typeof value === "string") return { refused: value };
    if (message.has("result") && (given[0] ?? "result") === "result") return { value };
    throw nonsense(`thiếu một trong: ${wanted}`, `none of ${wanted}`, message);
  }

  /** End the program, if it runs. */
  async stop(gently) {
    const { program } = this;
    this.program = null;
    await program?.end(gently);
  }

  /** End the program for good. */
  async close(gently) {
    this.ended = true;
    await this.stop(gently);
  }
}

const ANSWERS = ["result", "refused", "unsupported", "error"];

function greetingOf(said, words) {
  const [name, operations] = [said.get("name"), said.get("operations") ?? null];
  if (said.get("hello") !== PROTOCOL || typeof name !== "string" || !stripped(name)) {
    const wanted = `{"hello": "${PROTOCOL}", "name": ...}`;
    throw nonsense(`cần ${wanted}`, `expected ${wanted}`, said);
  }
  if (operations !== null && !(Array.isArray(operations) && operations.every((each) => typeof each === "string"))) {
    throw nonsense("operations không phải danh sách tên", "operations is not a list of names", said);
  }
  const told = (text) => cut(text, 200).normalize("NFC");
  const software = { name: told(name) };
  for (const key of ["version", "build", "tables"]) {
    const value = said.get(key);
    if (typeof value === "string" && value) software[key] = told(value);
  }
  software.command = cut(commandText(words), 2000).normalize("NFC");
  return { software, operations };
}

async function ended(program) {
  await within(FAREWELL, program.exited);
  await within(GRACE, program.gone); // what it complained may still be on its way
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(program.complaints);
  const lines = text.split(/\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/).map(stripped);
  const last = lines.filter((line) => line).slice(-5).join(" | ").replaceAll("\0", "\\x00");
  const words = last ? `: ${last}` : "";
  if (program.exitCode === null && program.deaf && !program.speechless) {
    return new Fault("crash", { vi: `nó đóng đầu vào${words}`, en: `it closed its input${words}` });
  }
  if (program.exitCode === null) {
    return new Fault("crash", { vi: `nó đóng đầu ra${words}`, en: `it closed its output${words}` });
  }
  const code = program.exitCode;
  return new Fault("crash", { vi: `nó kết thúc (mã ${code})${words}`, en: `it ended (exit code ${code})${words}` });
}

const stripped = (text) => text.replace(/^[\s\u001c-\u001f\u0085]+|[\s\u001c-\u001f\u0085]+$/g, "");

/** Return the words of a command as a shell of POSIX would take them apart. */
export function wordsOf(command) {
  const words = [];
  let word = null;
  for (let at = 0; at < command.length; at += 1) {
    const mark = command[at];
    if (mark === "'" || mark === '"') {
      word ??= "";
      for (at += 1; command[at] !== mark; at += 1) {
        if (at >= command.length) throw badCommand(command);
        if (mark === '"' && command[at] === "\\" && '"\\'.includes(command[at + 1] ?? " ")) at += 1;
        word += command[at];
      }
    } else if (mark === "\\" && process.platform !== "win32") {
      at += 1;
      if (at >= command.length) throw badCommand(command);
      word = (word ?? "") + command[at];
    } else if (" \t\r\n".includes(mark)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? "") + mark;
  }
  if (word !== null) words.push(word);
  if (!words.length || !words[0] || command.includes("\0")) throw badCommand(command);
  return words;
}

const badCommand = (command) =>
  new Trouble(`${command}: expected a command to run, its quotation marks in pairs`, `${command}: cần lệnh cần chạy, dấu nháy khớp từng cặp`);

const commandText = (words) =>
  words.map((word) => (word && !/[^A-Za-z0-9_@%+=:,./-]/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`)).join(" ");

// ---- What came of it.

function judge(question, answer) {
  const { outcome, reason } = judged(question, answer);
  const result = {
    id: question.id,
    area: question.area,
    operation: question.operation,
    level: question.level,
    outcome,
    rules: question.rules,
    basis: question.basis,
    description: question.description,
  };
  if (outcome !== "passed") {
    result.input = question.input;
    if (question.refused === null) result.expected = question.expected;
    else result.refused = question.refused;
  }
  if (outcome === "failed" && answer.fault === undefined && answer.refused === undefined) result.got = kept(answer.value);
  if (outcome !== "passed" && answer.refused !== undefined) result.got_refused = cut(answer.refused, LONGEST_ERROR).normalize("NFC");
  if (reason) result.reason = { vi: reason.vi.normalize("NFC"), en: reason.en.normalize("NFC") };
  if (answer.fault !== undefined) result.fault = answer.fault;
  if (answer.milliseconds !== undefined) result.milliseconds = answer.milliseconds;
  if (question.disputed) result.disputed = question.disputed;
  return result;
}

function judged(question, answer) {
  if (answer.unsupported) return { outcome: "unsupported" };
  if (answer.declined) return { outcome: "declined" };
  const failed = (vi, en) => ({ outcome: "failed", reason: { vi, en } });
  if (answer.fault !== undefined) return { outcome: "failed", reason: answer.reason };
  const code = answer.refused === undefined ? null : cut(answer.refused, 100);
  const got = code === null ? null : { vi: `lời từ chối mang mã ${code}`, en: `the refusal ${code}` };
  if (question.refused !== null) {
    if (answer.refused !== undefined && [answer.refused, "any"].includes(question.refused)) return { outcome: "passed" };
    const shown = got ?? { vi: `câu trả lời ${brief(answer.value)}`, en: `the answer ${brief(answer.value)}` };
    const wanted =
      question.refused === "any"
        ? { vi: "cần từ chối", en: "expected a refusal" }
        : { vi: `cần từ chối với mã ${question.refused}`, en: `expected the refusal ${question.refused}` };
    return failed(`${wanted.vi}, nhận được ${shown.vi}`, `${wanted.en}, got ${shown.en}`);
  }
  if (got) return failed(`cần câu trả lời, nhận được ${got.vi}`, `expected an answer, got ${got.en}`);
  const reason = difference(question.expected, answer.value);
  return reason === null ? { outcome: "passed" } : { outcome: "failed", reason };
}

const verdictOf = (parts) => {
  const found = new Set(parts);
  if (found.has("fails")) return "fails";
  return found.size === 1 ? [...found][0] : "partial";
};

const counts = () => ({ passed: 0, failed: 0, declined: 0, unsupported: 0 });
const totalOf = (cell) => cell.passed + cell.failed + cell.declined + cell.unsupported;

/** Return the report of the results of a plan: a document of schemas/conformance-report.schema.json. */
function reportOf(suite, wanted, software, results, madeAt) {
  const nameOf = (each) => `${each.area}/${each.operation}`;
  const mine = new Set(wanted.cases.map(nameOf));
  const claimed = new Set(results.filter((each) => each.outcome !== "unsupported").map((each) => each.area));
  const demanded = wanted.demanded ?? suite.areas.map((each) => each.name).filter((name) => claimed.has(name));
  const rows = new Map();
  for (const area of suite.areas) {
    for (const operation of area.operations) {
      const name = `${area.name}/${operation}`;
      if (mine.has(name) || demanded.includes(name) || demanded.includes(area.name)) {
        rows.set(name, { name: operation, required: counts(), recommended: counts(), missing: 0 });
      }
    }
  }
  const done = new Set(results.map((each) => each.id));
  const decides = (each) => each.level === "required" && !each.disputed;
  for (const each of suite.cases) {
    if (rows.has(nameOf(each)) && decides(each) && !done.has(each.id)) rows.get(nameOf(each)).missing += 1;
  }
  for (const each of results) if (!each.disputed) rows.get(nameOf(each))[each.level][each.outcome] += 1;
  const verdicts = new Map();
  const areas = [];
  for (const [name, { name: operation, required, recommended, missing }] of rows) {
    const asked = totalOf(required) ? required : recommended;
    let verdict = "conforms";
    if (required.failed) verdict = "fails";
    else if (totalOf(asked) && asked.unsupported === totalOf(asked)) verdict = "unsupported";
    else if (required.declined + required.unsupported + missing) verdict = "partial";
    verdicts.set(name, verdict);
    const area = name.split("/")[0];
    if (areas.at(-1)?.name !== area) areas.push({ name: area, verdict: "", operations: [] });
    const row = { name: operation, verdict, required, recommended, ...(missing ? { not_asked: missing } : {}) };
    areas.at(-1).operations.push(row);
  }
  for (const area of areas) {
    area.verdict = verdictOf(area.operations.map((each) => each.verdict));
    verdicts.set(area.name, area.verdict);
  }
  let verdict = "nothing-demanded";
  if (demanded.length) {
    const proved = results.some((each) => each.outcome === "passed" && decides(each));
    const found = verdictOf(demanded.map((name) => verdicts.get(name) ?? "unsupported"));
    verdict = found === "fails" || (found === "conforms" && proved) ? found : "partial";
  }
  const report = {
    schema_version: "2.0",
    suite: { version: suite.version, digest: suite.digest },
    tables_digest: suite.tablesDigest,
    library: RUNNER,
    made_at: madeAt,
    seed: null,
    implementation: software,
    profile: wanted.profile,
    demanded,
    verdict,
    areas,
    cases: results,
  };
  return { ...report, digest: digest(report) };
}

/** Run a suite against a command, and return the report. Once options.interrupted gives null: that of what was answered until then, null before the greeting. */
export async function run(folder, command, options = {}) {
  const suite = load(folder, options.tables);
  const wanted = plan(suite, options);
  const adapter = new Adapter(wordsOf(command), suite, { timeout: options.timeout ?? 10, total: options.total ?? 1800 });
  const begun = vietnamTime();
  const results = [];
  try {
    const orEnd = (what) => Promise.race([what, options.interrupted ?? what]);
    if ((await orEnd(adapter.start())) === null) return null;
    for (const question of wanted.cases) {
      const answer = await orEnd(adapter.ask(question));
      if (answer === null) break;
      results.push(judge(question, answer));
      adapter.note(results.at(-1));
      options.progress?.(results.length, wanted.cases.length);
    }
  } finally {
    await adapter.close(results.length === wanted.cases.length);
  }
  return reportOf(suite, wanted, adapter.greeting.software, results, begun);
}

const vietnamTime = () => new Date(Math.floor(Date.now() / 1000 + VIETNAM) * 1000).toISOString().replace(".000Z", "+07:00");

// ---- The command line.

const SHOWN = 50;
const WORDS = {
  conforms: ["conforms", "phù hợp"],
  fails: ["does not conform", "không phù hợp"],
  partial: ["conforms in part only", "chỉ phù hợp một phần"],
  unsupported: ["unsupported", "không hỗ trợ"],
  "nothing-demanded": ["nothing was demanded", "không có yêu cầu nào"],
  passed: ["passed", "đạt"],
  failed: ["failed", "không đạt"],
  declined: ["declined", "từ chối trả lời"],
  recommended: ["recommended", "khuyến nghị"],
  disputed: ["disputed", "đang tranh luận"],
  timeout: ["no answer in time", "không trả lời kịp"],
  crash: ["crashed", "dừng đột ngột"],
  nonsense: ["nonsense", "trả lời vô nghĩa"],
  error: ["its own error", "lỗi của chính nó"],
};

/** Return a text on one line, without what moves a cursor or turns the direction of writing. */
const line = (text) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (mark) => `\\u${mark.codePointAt(0).toString(16).padStart(4, "0")}`);

function textOf(report, language) {
  const word = (key) => WORDS[key][language === "vi" ? 1 : 0];
  const { name, version } = report.implementation;
  const lines = [line(`${version === undefined ? name : `${name} ${version}`}, onestop conformance ${report.suite.version}`)];
  for (const area of report.areas) {
    const sum = (level) => area.operations.reduce((cell, each) => Object.fromEntries(Object.entries(cell).map(([key, count]) => [key, count + each[level][key]])), counts());
    const [required, recommended] = [sum("required"), sum("recommended")];
    const cells = ["passed", "failed", "declined", "unsupported"].map((key) => `${word(key)} ${required[key]}`);
    lines.push(`${area.name.padEnd(18)} ${cells.join(", ")}; ${word("recommended")}: ${word("failed")} ${recommended.failed}; ${word(area.verdict)}`);
  }
  const failed = report.cases.filter((each) => each.outcome === "failed");
  for (const each of failed.slice(0, SHOWN)) {
    const marks = [each.level === "recommended" ? word("recommended") : "", each.disputed ? word("disputed") : ""].filter(Boolean);
    lines.push(line(`✗ ${each.id}${marks.length ? ` (${marks.join(", ")})` : ""}: ${each.description}`));
    const reason = each.reason[language];
    lines.push(`    ${line(each.fault ? `${word(each.fault)}: ${reason}` : reason)}`);
  }
  if (failed.length > SHOWN) {
    const rest = failed.length - SHOWN;
    lines.push(language === "vi" ? `… và ${rest} ca khác không đạt` : `… and ${rest} more that failed`);
  }
  const soft = failed.filter((each) => each.level === "recommended").length;
  const note = language === "vi" ? `; ${soft} ca khuyến nghị không đạt` : `; ${soft} recommended cases failed`;
  return `${[...lines, word(report.verdict) + (soft ? note : "")].join("\n")}\n`;
}

const USAGE =
  'node runner.mjs FOLDER --exec "COMMAND" [--area NAME]... [--profile NAME] [--require NAME]... [--timeout SECONDS] [--total SECONDS] [--format text|json] [--lang en|vi] [--tables FOLDER]';

function optionsOf(words) {
  const options = { areas: [], require: [], format: "text", lang: "en" };
  const usage = () => new Trouble(`usage: ${USAGE}`, `cách dùng: ${USAGE}`);
  const seconds = (text) => {
    const found = Number(text);
    if (!(found > 0 && found <= DAY)) throw new Trouble(`${text}: expected seconds, 0 to ${DAY}`, `${text}: cần số giây từ 0 đến ${DAY}`);
    return found;
  };
  const takers = {
    "--exec": (text) => (options.command = text),
    "--area": (text) => options.areas.push(text),
    "--require": (text) => options.require.push(text),
    "--profile": (text) => (options.profile = text),
    "--timeout": (text) => (options.timeout = seconds(text)),
    "--total": (text) => (options.total = seconds(text)),
    "--tables": (text) => (options.tables = text),
    "--format": (text) => (["text", "json"].includes(text) ? (options.format = text) : usage()),
    "--lang": (text) => (["en", "vi"].includes(text) ? (options.lang = text) : usage()),
  };
  for (let at = 0; at < words.length; at += 1) {
    const [name, ...rest] = words[at].startsWith("--") ? words[at].split("=") : [words[at]];
    if (!name.startsWith("--")) {
      if (options.folder !== undefined) throw usage();
      options.folder = name;
      continue;
    }
    const value = rest.length ? rest.join("=") : words[(at += 1)];
    if (!Object.hasOwn(takers, name) || value === undefined) throw usage();
    const wrong = takers[name](value);
    if (wrong instanceof Trouble) throw wrong;
  }
  if (options.folder === undefined || options.command === undefined) throw usage();
  return options;
}

async function main(words) {
  const language = words.join(" ").match(/--lang[ =](en|vi)/)?.[1] ?? "en";
  let signal = null;
  const interrupted = new Promise((done) => {
    for (const each of ["SIGINT", "SIGTERM"]) {
      process.on(each, () => {
        signal ??= each;
        done(null);
      });
    }
  });
  try {
    const options = optionsOf(words);
    if (process.stderr.isTTY) {
      options.progress = (done, all) => done % 50 && done < all ? undefined : process.stderr.write(done < all ? `\r${done}/${all}` : "\r\x1b[K");
    }
    const report = await run(options.folder, options.command, { ...options, interrupted });
    process.exitCode = signal === null ? Number(report.verdict !== "conforms") : 128 + constants.signals[signal];
    if (report === null || (signal !== null && !report.cases.length)) return;
    process.stdout.write(options.format === "json" ? `${pretty(report)}\n` : textOf(report, options.lang));
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    process.stderr.write(`${line(error.text[language])}\n`);
    process.exitCode = 2;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  await main(process.argv.slice(2));
}
