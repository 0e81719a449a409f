// A conformance adapter in Java (17 or later, standard library only) for workdays, deadlines and codes.
// Run: onestop conformance --exec "java Adapter.java FOLDER", where FOLDER holds the calendar documents, one a year.
// It predicts no years: of these the cases are recommended only.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Adapter {
    static class Refusal extends RuntimeException {
        Refusal(String code) { super(code); }
    }

    // ---- JSON, as little of it as the protocol needs.
    static class Json {
        final String text;
        int at = 0;
        Json(String text) { this.text = text; }

        static Object read(String text) { return new Json(text).value(); }

        void blank() { while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++; }

        boolean skip(char wanted) {
            blank();
            if (text.charAt(at) != wanted) return false;
            at++;
            return true;
        }

        Object value() {
            blank();
            char c = text.charAt(at);
            if (c == '"') return string();
            if (c == '{') {
                Map<String, Object> found = new LinkedHashMap<>();
                at++;
                while (!skip('}')) {
                    skip(',');
                    blank();
                    String key = string();
                    skip(':');
                    found.put(key, value());
                }
                return found;
            }
            if (c == '[') {
                List<Object> found = new ArrayList<>();
                at++;
                while (!skip(']')) {
                    skip(',');
                    found.add(value());
                }
                return found;
            }
            int start = at;
            while (at < text.length() && "+-.eE0123456789truefalsn".indexOf(text.charAt(at)) >= 0) at++;
            String word = text.substring(start, at);
            return switch (word) {
                case "true" -> true;
                case "false" -> false;
                case "null" -> null;
                default -> new BigDecimal(word);
            };
        }

        String string() {
            StringBuilder found = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    c = text.charAt(++at);
                    int known = "nrtbf".indexOf(c);
                    if (known >= 0) c = "\n\r\t\b\f".charAt(known);
                    else if (c == 'u') {
                        c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                        at += 4;
                    }
                }
                found.append(c);
            }
            at++;
            return found.toString();
        }

        static String write(Object value) {
            if (value instanceof Map<?, ?> map) {
                List<String> parts = new ArrayList<>();
                map.forEach((key, each) -> parts.add(write(key) + ":" + write(each)));
                return "{" + String.join(",", parts) + "}";
            }
            if (value instanceof List<?> list) return "[" + String.join(",", list.stream().map(Json::write).toList()) + "]";
            if (value instanceof String words) {
                return '"' + words.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
            }
            return String.valueOf(value);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) { return (Map<String, Object>) value; }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) { return value == null ? List.of() : (List<Object>) value; }

    static Map<String, Object> answer(Object... pairs) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (int n = 0; n < pairs.length; n += 2) found.put((String) pairs[n], pairs[n + 1]);
        return found;
    }

    // ---- The calendar: the documents under schemas/calendar.schema.json.
    record Row(LocalDate date, boolean works, String kind, LocalDate from) {}
    record Year(LocalDate known, List<Row> rows) {}

    static final TreeMap<Integer, Year> YEARS = new TreeMap<>();

    static void readCalendar(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                var document = object(Json.read(Files.readString(file)));
                var known = LocalDate.parse((String) object(document.get("notice")).get("known_from"));
                List<Row> rows = new ArrayList<>();
                for (boolean works : new boolean[] {false, true}) {
                    for (Object each : list(document.get(works ? "makeup_workdays" : "days_off"))) {
                        var row = object(each);
                        String knownFrom = (String) row.get("known_from");
                        LocalDate from = knownFrom.equals("always") ? LocalDate.MIN : LocalDate.parse(knownFrom);
                        rows.add(new Row(LocalDate.parse((String) row.get("date")), works, (String) row.get("kind"), from));
                    }
                }
                YEARS.put(Integer.parseInt(file.getFileName().toString().substring(0, 4)), new Year(known, rows));
            }
        }
    }

    static class Calendar {
        static final Map<LocalDate, Calendar> BUILT = new HashMap<>();
        final Map<LocalDate, Row> special = new HashMap<>();
        final LocalDate first = LocalDate.of(YEARS.firstKey(), 1, 1);
        final LocalDate announced;

        static Calendar of(Object asOf) {
            return BUILT.computeIfAbsent(asOf == null ? LocalDate.MAX : LocalDate.parse((String) asOf), Calendar::new);
        }

        Calendar(LocalDate asOf) {
            int year = YEARS.firstKey();
            for (; YEARS.containsKey(year) && !YEARS.get(year).known.isAfter(asOf); year++) {
                for (Row row : YEARS.get(year).rows) if (!row.from.isAfter(asOf)) special.put(row.date, row);
            }
            announced = LocalDate.of(year, 1, 1).minusDays(1);
        }

        static boolean weekend(LocalDate day) { return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0; }

        boolean works(LocalDate day) {
            if (day.isBefore(first) || day.isAfter(announced)) throw new Refusal("calendar-coverage");
            Row row = special.get(day);
            return row == null ? !weekend(day) : row.works;
        }

        LocalDate add(LocalDate day, int n) {
            works(day);
            while (n == 0 && !works(day)) day = day.plusDays(1);
            for (int left = Math.abs(n); left > 0; left--) {
                do day = day.plusDays(Integer.signum(n)); while (!works(day));
            }
            return day;
        }

        int count(LocalDate start, LocalDate end) {
            works(start);
            works(end);
            int found = 0;
            for (LocalDate day = start; day.isBefore(end); ) if (works(day = day.plusDays(1))) found++;
            for (LocalDate day = start; day.isAfter(end); ) if (works(day = day.minusDays(1))) found--;
            return found;
        }

        boolean stays(LocalDate day, Object policy) {
            if ("none".equals(policy)) return true;
            if (!"strict_civil_code".equals(policy)) return works(day);
            Row row = special.get(day);
            return !weekend(day) && (row == null || !List.of("holiday", "tet").contains(row.kind));
        }
    }

    // ---- Time limits, as far as the cases of the area deadlines use them.
    record Step(String unit, BigDecimal amount) {
        boolean whole() { return amount.stripTrailingZeros().scale() <= 0; }

        Duration asHours(int hours) {
            return Duration.ofSeconds(amount.multiply(BigDecimal.valueOf(hours * 3600L)).longValueExact());
        }
    }

    static final Pattern LIMIT = Pattern.compile("([0-9]+(?:[.,][0-9]{1,2})?) (.+)");

    static List<Step> limit(String text) {
        List<Step> steps = new ArrayList<>();
        for (String part : Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase().split("\\+", -1)) {
            String words = part.strip().replaceAll("\\s+", " ");
            if (List.of("within the day", "trong ngày").contains(words)) steps.add(new Step("same_day", BigDecimal.ONE));
            else if (List.of("immediately", "ngay").contains(words)) steps.add(new Step("immediate", BigDecimal.ONE));
            else {
                Matcher found = LIMIT.matcher(words);
                if (!found.matches()) throw new Refusal("invalid-value");
                BigDecimal amount = new BigDecimal(found.group(1).replace(',', '.'));
                steps.add(switch (found.group(2).replaceAll("s$", "")) {
                    case "working day", "ngày làm việc" -> new Step("working_days", amount);
                    case "working hour", "giờ làm việc" -> new Step("working_hours", amount);
                    case "hour", "giờ" -> new Step("hours", amount);
                    case "day", "ngày" -> new Step("days", amount);
                    case "week", "tuần" -> new Step("days", amount.multiply(BigDecimal.valueOf(7)));
                    case "month", "tháng" -> new Step("months", amount);
                    case "year", "năm" -> new Step("months", amount.multiply(BigDecimal.valueOf(12)));
                    default -> throw new Refusal("invalid-value");
                });
            }
        }
        return steps;
    }

    // ---- Deadlines, in Vietnamese civil time.
    record Session(LocalTime opens, LocalTime closes) {}
    record Pause(LocalDateTime start, LocalDateTime end) {}

    static final LocalTime LATE = LocalTime.of(15, 0), END_OF_DAY = LocalTime.of(23, 59, 59);
    static final List<Session> OFFICE = sessions("07:00-11:30, 13:30-17:00"); // where a limit in hours comes without them

    static LocalDateTime moment(Object text) {
        return OffsetDateTime.parse((String) text).withOffsetSameInstant(ZoneOffset.ofHours(7)).toLocalDateTime();
    }

    static String show(LocalDateTime at) {
        return at.format(java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME) + "+07:00";
    }

    static List<Session> sessions(Object text) {
        if (text == null) return null;
        List<Session> found = new ArrayList<>();
        for (String part : ((String) text).split(",")) {
            String[] ends = part.strip().split("-");
            found.add(new Session(LocalTime.parse(ends[0]), LocalTime.parse(ends[1])));
        }
        return found;
    }

    static LocalDateTime later(LocalDateTime one, LocalDateTime other) { return one.isBefore(other) ? other : one; }

    static LocalDate later(LocalDate one, LocalDate other) { return one.isBefore(other) ? other : one; }

    static Duration open(Calendar calendar, List<Session> hours, LocalDateTime from, LocalDateTime to) {
        Duration total = Duration.ZERO;
        for (LocalDate day = from.toLocalDate(); !day.isAfter(to.toLocalDate()); day = day.plusDays(1)) {
            if (!calendar.works(day)) continue;
            for (Session session : hours) {
                LocalDateTime start = later(from, day.atTime(session.opens)), end = day.atTime(session.closes);
                Duration room = Duration.between(start, end.isAfter(to) ? to : end);
                if (!room.isNegative()) total = total.plus(room);
            }
        }
        return total;
    }

    static LocalDateTime hoursLater(Calendar calendar, List<Session> hours, LocalDateTime at, Duration amount) {
        for (LocalDate day = at.toLocalDate(); ; day = day.plusDays(1)) {
            if (!calendar.works(day)) continue;
            for (Session session : hours) {
                LocalDateTime start = later(at, day.atTime(session.opens));
                Duration room = Duration.between(start, day.atTime(session.closes));
                if (room.compareTo(Duration.ZERO) <= 0) continue;
                if (amount.compareTo(room) <= 0) return start.plus(amount);
                amount = amount.minus(room);
            }
        }
    }

    /** What a step is counted in: calendar, hours of the office (or none), pauses and policies. */
    record Setting(Calendar calendar, List<Session> hours, List<Pause> pauses, Object ending, Object late) {
        List<Session> office() { return hours == null ? OFFICE : hours; }

        boolean ends(LocalDate day, boolean working) { return working ? calendar.works(day) : calendar.stays(day, ending); }

        LocalDateTime close(LocalDate day) {
            boolean atTheDesk = hours != null && calendar.works(day);
            return day.atTime(atTheDesk ? hours.get(hours.size() - 1).closes : END_OF_DAY);
        }

        /** The close of the first day from one on, on which such a period may end, that is not before a moment. */
        LocalDateTime closeFrom(LocalDate day, boolean working, LocalDateTime notBefore) {
            while (!ends(day, working) || close(day).isBefore(notBefore)) day = day.plusDays(1);
            return close(day);
        }
    }

    /** Where a step ends. Whole days come before the part of one; what takes no time ends where it begins. */
    static LocalDateTime stepEnd(Step step, LocalDateTime at, Setting given, boolean first) {
        List<Pause> since = new ArrayList<>();
        for (Pause pause : given.pauses) {
            if (pause.end == null || pause.end.isAfter(at)) since.add(new Pause(later(pause.start, at), pause.end));
        }
        boolean waits = !since.isEmpty() && !since.get(0).start.isAfter(at) && since.get(0).end != null;
        LocalDateTime begin = waits ? since.get(0).end : at;
        if (step.amount.signum() == 0) return begin;
        if (step.unit.equals("hours")) return hoursEnd(step.asHours(1), begin, since);
        if (step.unit.equals("working_hours")) return workingHoursEnd(step.asHours(1), begin, given, since);
        if (step.whole()) return daysEnd(step, begin, given, since, first);
        boolean working = step.unit.equals("working_days");
        if (working && given.hours == null) throw new Refusal("invalid-value");
        BigDecimal whole = new BigDecimal(step.amount.toBigInteger()), part = step.amount.subtract(whole);
        LocalDateTime most = stepEnd(new Step(step.unit, whole.add(BigDecimal.ONE)), at, given, first);
        LocalDateTime from = whole.signum() == 0 ? at : stepEnd(new Step(step.unit, whole), at, given, first);
        LocalDateTime end;
        if (working) {
            end = stepEnd(new Step("working_hours", part.multiply(BigDecimal.valueOf(8))), from, given, false);
        } else {
            if (whole.signum() > 0) from = from.toLocalDate().plusDays(1).atStartOfDay();
            end = partEnd(new Step("hours", part).asHours(24), from, given);
        }
        return end.isBefore(most) ? end : most;
    }

    /** The part of a calendar day stands still on days on which the period may not end, and while somebody is waited for. */
    static LocalDateTime partEnd(Duration left, LocalDateTime at, Setting given) {
        while (true) {
            LocalDateTime now = at, midnight = at.toLocalDate().plusDays(1).atStartOfDay();
            Pause wait = given.pauses.stream()
                .filter(each -> each.end != null && !each.start.isAfter(now) && now.isBefore(each.end)).findFirst().orElse(null);
            if (wait != null) at = wait.end;
            else if (!given.ends(at.toLocalDate(), false)) at = midnight;
            else if (left.isZero()) return at;
            else {
                LocalDateTime stop = at.plus(left).isBefore(midnight) ? at.plus(left) : midnight;
                for (Pause pause : given.pauses) {
                    if (pause.start.isAfter(at) && pause.start.isBefore(stop)) stop = pause.start;
                }
                left = left.minus(Duration.between(at, stop));
                at = left.isZero() && stop.equals(midnight) ? stop.minusSeconds(1) : stop; // the end of a day is 24:00
            }
        }
    }

    static LocalDateTime hoursEnd(Duration amount, LocalDateTime at, List<Pause> since) {
        LocalDateTime from = at.toLocalTime().equals(END_OF_DAY) ? at.plusSeconds(1) : at; // the end of a day is 24:00
        LocalDateTime end = from.plus(amount);
        for (Pause pause : since) {
            if (pause.start.isAfter(end)) break;
            if (pause.end != null && pause.end.isAfter(from)) end = end.plus(Duration.between(later(pause.start, from), pause.end));
        }
        return end;
    }

    static LocalDateTime workingHoursEnd(Duration amount, LocalDateTime at, Setting given, List<Pause> since) {
        LocalDateTime end = hoursLater(given.calendar, given.office(), at, amount);
        for (Pause pause : since) {
            if (pause.start.isAfter(end)) break;
            if (pause.end == null || !pause.end.isAfter(at)) continue;
            Duration waited = open(given.calendar, given.office(), later(pause.start, at), pause.end);
            if (!waited.isZero()) end = hoursLater(given.calendar, given.office(), end, waited);
            // Nothing was left when the wait began: finish when it is over.
            if (end.isBefore(pause.end)) end = hoursLater(given.calendar, given.office(), pause.end, Duration.ZERO);
        }
        return end;
    }

    static LocalDateTime daysEnd(Step step, LocalDateTime at, Setting given, List<Pause> since, boolean first) {
        Calendar calendar = given.calendar;
        boolean late = at.toLocalTime().isAfter(LATE), sameDay = step.unit.equals("same_day");
        LocalDate zero = at.toLocalDate();
        if (sameDay || step.unit.equals("immediate")) {
            if (!calendar.works(zero) || (sameDay && late && !"no_limit".equals(given.late))) zero = calendar.add(zero, 1);
        } else if (first && "every_limit".equals(given.late) && (late || !calendar.works(zero))) zero = calendar.add(zero, 1);
        boolean working = !List.of("days", "months").contains(step.unit);
        LocalDate last = period(calendar, step, zero);
        LocalDateTime end = given.closeFrom(last, working, LocalDateTime.MIN);
        if (end.isBefore(at)) end = given.closeFrom(at.toLocalDate(), working, at);
        for (Pause pause : since) {
            if (pause.start.isAfter(end)) break;
            if (pause.end == null || !pause.end.isAfter(at)) continue;
            LocalDate from = later(pause.start.toLocalDate(), zero), to = later(pause.end.toLocalDate(), zero);
            if (!working) last = last.plusDays(to.toEpochDay() - from.toEpochDay());
            else if (calendar.count(from, to) > 0) last = calendar.add(last, calendar.count(from, to));
            LocalDate anew = period(calendar, step, to); // months: never more than the whole from then on
            if (step.unit.equals("months") && anew.isBefore(last)) last = anew;
            end = later(end, given.closeFrom(last, working, LocalDateTime.MIN));
            if (end.isBefore(pause.end)) end = given.closeFrom(pause.end.toLocalDate(), working, pause.end);
        }
        return end;
    }

    static LocalDate period(Calendar calendar, Step step, LocalDate from) {
        int amount = step.amount.intValueExact();
        return switch (step.unit) {
            case "working_days" -> calendar.add(from, amount);
            case "days" -> from.plusDays(amount);
            case "months" -> from.plusMonths(amount);
            default -> from;
        };
    }

    static List<Pause> pauses(Object given) {
        List<Pause> found = new ArrayList<>();
        for (Object pair : list(given)) {
            Object end = list(pair).get(1);
            found.add(new Pause(moment(list(pair).get(0)), end == null ? null : moment(end)));
        }
        return joined(found);
    }

    /** Pauses in order, those that touch as one; of one that lasts, what has passed for certain stands apart. */
    static List<Pause> joined(List<Pause> found) {
        LocalDateTime lasting = null, known = LocalDateTime.MIN;
        List<Pause> closed = new ArrayList<>(), joined = new ArrayList<>();
        for (Pause pause : found) {
            if (pause.end != null && pause.end.isBefore(pause.start)) throw new Refusal("invalid-value");
            if (pause.end != null) closed.add(pause);
            else if (lasting == null || pause.start.isBefore(lasting)) lasting = pause.start;
            known = later(known, pause.end == null ? pause.start : pause.end);
        }
        if (lasting != null && known.isAfter(lasting)) closed.add(new Pause(lasting, known));
        closed.sort(Comparator.comparing(Pause::start));
        for (Pause pause : closed) {
            Pause before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (before == null || pause.start.isAfter(before.end)) joined.add(pause);
            else joined.set(joined.size() - 1, new Pause(before.start, later(before.end, pause.end)));
        }
        if (lasting != null) joined.add(new Pause(known, null));
        return joined;
    }

    static LocalDateTime stepsEnd(String limit, LocalDateTime at, Setting given, boolean first) {
        for (Step step : limit(limit)) {
            at = stepEnd(step, at, given, first);
            first = false;
        }
        return at;
    }

    static LocalDateTime due(Map<String, Object> given) {
        Setting setting = new Setting(Calendar.of(given.get("as_of")), sessions(given.get("hours")), pauses(given.get("pauses")),
            given.get("end_on_day_off"), given.getOrDefault("late_receipt", "same_day_limits"));
        return stepsEnd((String) given.get("limit"), moment(given.get("received_at")), setting, true);
    }

    /** What may follow what; "" leaves the state as it is. */
    static final Map<String, Map<String, String>> CLOCK = Map.of(
        "not_started", Map.of("start", "running", "promise", "", "stop", "stopped"),
        "running", Map.of("pause", "paused", "restart", "running", "stop", "stopped", "extend", "", "reschedule", "", "promise", ""),
        "paused", Map.of("resume", "running", "restart", "running", "stop", "stopped", "extend", "", "reschedule", "", "promise", ""),
        "stopped", Map.of());

    static void ensureComplete(Map<String, Object> row) {
        String act = (String) row.get("act");
        boolean by = row.containsKey("by"), promise = row.containsKey("promise");
        boolean wrong = act.equals("extend") ? by == promise : by;
        wrong |= List.of("reschedule", "promise").contains(act) && !promise;
        wrong |= List.of("pause", "stop").contains(act) && promise;
        if (wrong || (act.equals("reschedule") && !row.containsKey("reason"))) throw new Refusal("invalid-event");
    }

    /** A promise, later by the working days of waiting since it was made. */
    static LocalDateTime carried(Calendar calendar, LocalDateTime promised, LocalDateTime made, List<Pause> pauses) {
        LocalDate last = promised.toLocalDate();
        LocalDateTime end = promised;
        for (Pause pause : pauses) {
            LocalDateTime start = later(pause.start, made);
            if (pause.end == null || !pause.end.isAfter(made) || start.isAfter(end)) continue;
            int waiting = calendar.count(start.toLocalDate(), pause.end.toLocalDate());
            if (waiting > 0) last = calendar.add(last, waiting);
            end = later(end, last.atTime(promised.toLocalTime()));
            for (LocalDate day = pause.end.toLocalDate(); end.isBefore(pause.end); day = day.plusDays(1)) {
                if (calendar.works(day)) end = later(end, day.atTime(promised.toLocalTime()));
            }
        }
        return end;
    }

    static Object clockDue(Map<String, Object> input) {
        String state = "not_started";
        LocalDateTime before = LocalDateTime.MIN;
        List<Map<String, Object>> present = new ArrayList<>();
        for (Object each : list(input.get("acts"))) {
            var row = object(each);
            String act = (String) row.get("act");
            LocalDateTime at = moment(row.get("at"));
            if (at.isBefore(before)) throw new Refusal("invalid-event");
            ensureComplete(row);
            if (!CLOCK.get(state).containsKey(act)) throw new Refusal("transition-not-allowed");
            String next = CLOCK.get(state).get(act);
            if (!next.isEmpty()) state = next;
            before = at;
            if (act.equals("start") || act.equals("restart")) {
                present.clear();
                present.add(row);
            } else if (!present.isEmpty()) present.add(row);
        }
        if (present.isEmpty()) throw new Refusal("invalid-event");
        List<Pause> waits = new ArrayList<>();
        for (var row : present) {
            String act = (String) row.get("act");
            int size = waits.size();
            if (act.equals("pause")) waits.add(new Pause(moment(row.get("at")), null));
            else if (List.of("resume", "stop").contains(act) && size > 0 && waits.get(size - 1).end == null) {
                waits.set(size - 1, new Pause(waits.get(size - 1).start, moment(row.get("at"))));
            }
        }
        Setting setting = new Setting(Calendar.of(null), null, joined(waits), null, "same_day_limits");
        LocalDateTime due = stepsEnd((String) input.get("limit"), moment(present.get(0).get("at")), setting, true), held = null;
        for (var row : present) {
            boolean extended = row.get("act").equals("extend");
            String by = (String) row.get("by");
            if (extended && by != null) {
                due = stepsEnd(by, due, setting, false);
                if (held != null) held = stepsEnd(by, held, setting, false);
            }
            if (row.containsKey("promise")) {
                held = carried(setting.calendar, moment(row.get("promise")), moment(row.get("at")), setting.pauses);
                if (extended) due = held;
            }
        }
        return Map.of("due_at", show(due), "in_force", show(held == null ? due : held), "state", state);
    }

    static Object transferDue(Map<String, Object> given) {
        Calendar calendar = Calendar.of(null);
        List<Session> hours = sessions(given.get("hours"));
        LocalDateTime at = moment(given.get("received_at"));
        LocalDate day = at.toLocalDate();
        LocalTime closes = hours.get(hours.size() - 1).closes;
        if (!calendar.works(day)) return show(calendar.add(day, 1).atTime(closes));
        boolean late = at.toLocalTime().isAfter(LATE);
        return show(late ? calendar.add(day, 1).atTime(hours.get(0).opens) : day.atTime(closes));
    }

    // ---- Codes.
    static final String OLD = "[0-9]{3}\\.[0-9]{2}\\.[0-9]{2}\\.[A-Y][0-9]{2}";
    static final String NEW = "[A-Y][0-9]{2}(?:\\.[0-9A-Z]{1,3})*";

    static String plain(Object given) {
        String text = (String) given;
        if (text.isEmpty() || text.codePointCount(0, text.length()) > 100) throw new Refusal("invalid-value");
        return text.strip();
    }

    static boolean oldOrder(String code) {
        if (code.length() > 35 || !code.matches(OLD + "|" + NEW)) throw new Refusal("invalid-value");
        return code.matches(OLD);
    }

    static Object parseAgency(Map<String, Object> given) {
        String code = plain(given.get("text"));
        boolean old = oldOrder(code);
        return answer("level_one", old ? code.substring(code.length() - 3) : code.substring(0, 3), "old_order", old);
    }

    static Object parseProcedure(Map<String, Object> given) {
        Matcher found = Pattern.compile("([0-9]\\.[0-9]{6})(?:\\.(" + OLD + "))?").matcher(plain(given.get("text")));
        if (!found.matches()) throw new Refusal("invalid-value");
        return answer("short", found.group(1), "owner", found.group(2));
    }

    static Object parseDossier(Map<String, Object> given) {
        Pattern form = Pattern.compile("(?:(" + OLD + ")-([0-9]{6})|(" + NEW + ")-([0-9]{8}|[0-9]{6}))-([0-9]{4,})");
        Matcher found = form.matcher(plain(given.get("text")));
        if (!found.matches()) return answer("foreign", true);
        String unit = found.group(1) != null ? found.group(1) : found.group(3);
        String digits = found.group(2) != null ? found.group(2) : found.group(4);
        if (digits.length() == 6) digits = "20" + digits;
        try {
            oldOrder(unit);
            LocalDate day = LocalDate.parse(digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6));
            if (day.getYear() < 1) return answer("foreign", true);
            return answer("foreign", false, "agency", unit, "day", day.toString(), "sequence", new BigInteger(found.group(5)));
        } catch (DateTimeException | Refusal nobodyKnowsIt) {
            return answer("foreign", true);
        }
    }

    static Object writeDossier(Map<String, Object> given) {
        String unit = (String) given.get("agency"), day = ((String) given.get("day")).replace("-", "");
        BigInteger sequence = ((BigDecimal) given.get("sequence")).toBigIntegerExact();
        int digits = number(given.getOrDefault("digits_of_day", BigDecimal.valueOf(6)));
        int width = number(given.getOrDefault("width", BigDecimal.valueOf(4)));
        boolean fits = oldOrder(unit) ? digits == 6 : digits == 6 || digits == 8;
        if (digits == 6 && !day.startsWith("20")) fits = false;
        boolean counted = sequence.signum() > 0 && sequence.compareTo(BigInteger.TEN.pow(20)) < 0;
        if (!fits || !counted || width < 4 || width > 20) throw new Refusal("invalid-value");
        String shown = sequence.toString();
        return unit + "-" + day.substring(8 - digits) + "-" + "0".repeat(Math.max(0, width - shown.length())) + shown;
    }

    // ---- The protocol.
    static int number(Object value) { return ((BigDecimal) value).intValueExact(); }

    static LocalDate day(Object value) { return LocalDate.parse((String) value); }

    static final List<String> OPERATIONS = List.of(
        "is_workday", "add_workdays", "count_workdays", "due", "clock_due", "transfer_due",
        "parse_agency_code", "parse_procedure_code", "parse_dossier_code", "write_dossier_code");

    static Object ask(String operation, Map<String, Object> in) {
        return switch (operation) {
            case "is_workday" -> Calendar.of(in.get("as_of")).works(day(in.get("date")));
            case "add_workdays" -> Calendar.of(in.get("as_of")).add(day(in.get("date")), number(in.get("n"))).toString();
            case "count_workdays" -> Calendar.of(in.get("as_of")).count(day(in.get("start")), day(in.get("end")));
            case "due" -> {
                LocalDateTime at = due(in);
                boolean announced = !at.toLocalDate().isAfter(Calendar.of(in.get("as_of")).announced);
                yield answer("due_at", show(at), "certainty", announced ? "announced" : "predicted");
            }
            case "clock_due" -> clockDue(in);
            case "transfer_due" -> transferDue(in);
            case "parse_agency_code" -> parseAgency(in);
            case "parse_procedure_code" -> parseProcedure(in);
            case "parse_dossier_code" -> parseDossier(in);
            default -> writeDossier(in);
        };
    }

    public static void main(String[] arguments) throws IOException {
        readCalendar(Path.of(arguments[0]));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null; ) {
            var question = object(Json.read(line));
            Object id = question.get("id");
            Map<String, Object> said;
            if (question.containsKey("hello")) {
                String tables = "calendars " + YEARS.firstKey() + " to " + YEARS.lastKey();
                said = answer("hello", "2", "name", "java-example", "version", "2.0", "operations", OPERATIONS, "tables", tables);
            } else {
                try {
                    said = answer("id", id, "result", ask((String) question.get("operation"), object(question.get("input"))));
                } catch (Refusal refusal) {
                    said = answer("id", id, "refused", refusal.getMessage());
                } catch (RuntimeException fault) { // a fault of ours, and the next question
                    said = answer("id", id, "error", fault.toString().replaceAll("\\p{Cntrl}", " "));
                }
            }
            System.out.println(Json.write(said));
            System.out.flush();
        }
    }
}
