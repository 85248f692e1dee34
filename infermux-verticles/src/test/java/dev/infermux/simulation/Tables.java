package dev.infermux.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The tallies as Markdown. */
final class Tables {

  private final Map<Setup, Tally> hours;

  Tables(Map<Setup, Tally> hours) {
    this.hours = hours;
  }

  String markdown() {
    List<String> providers = Fleet.SCRIPTS.stream().map(Script::name).toList();
    return "Share of the answered calls:\n\n"
        + table(providers, (tally, name) -> format("%.1f %%", 100 * tally.share(name)))
        + "\nWhat callers saw, and what it cost:\n\n"
        + table(
            List.of(
                "calls",
                "failed",
                "repaired",
                "attempts",
                "mean ms",
                "p95 ms",
                "p99 ms",
                "max ms",
                "USD"),
            Tables::seen)
        + "\nAttempts at providers while they were down, and the way back:\n\n"
        + table(
            List.of("at primary, 60 s", "at flapping, 22.5 min", "primary back after s"),
            Tables::outage);
  }

  private static String seen(Tally tally, String column) {
    return switch (column) {
      case "calls" -> format("%,d", tally.calls());
      case "failed" -> format("%,d", tally.failedCalls());
      case "repaired" -> format("%,d", tally.repairedCalls());
      case "attempts" -> format("%,d", tally.attempts());
      case "mean ms" -> format("%,d", tally.meanMillis());
      case "p95 ms" -> format("%,d", tally.percentileMillis(95));
      case "p99 ms" -> format("%,d", tally.percentileMillis(99));
      case "max ms" -> format("%,d", tally.percentileMillis(100));
      case "USD" -> format("%.2f", tally.usd());
      default -> throw new IllegalArgumentException(column);
    };
  }

  private static String outage(Tally tally, String column) {
    if (column.startsWith("at primary")) {
      return format("%,d", tally.attemptsWhileDown(Fleet.PRIMARY));
    } else if (column.startsWith("at flapping")) {
      return format("%,d", tally.attemptsWhileDown(Fleet.FLAPPING));
    }
    Duration back = tally.backInUse();
    return back == null ? "–" : format("%.1f", back.toMillis() / 1000.0);
  }

  private String table(List<String> columns, BiFunction<Tally, String, String> cell) {
    String head = "| |" + columns.stream().map(c -> " " + c + " |").collect(Collectors.joining());
    String line = "|---|" + "--:|".repeat(columns.size());
    StringBuilder rows = new StringBuilder();
    hours.forEach(
        (setup, tally) ->
            rows.append("| ")
                .append(setup.name())
                .append(" |")
                .append(
                    columns.stream()
                        .map(column -> " " + cell.apply(tally, column) + " |")
                        .collect(Collectors.joining()))
                .append('\n'));
    return head + "\n" + line + "\n" + rows;
  }

  private static String format(String pattern, Object value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
