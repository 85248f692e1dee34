package dev.infermux.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a page says that a command prints. Ids, numbers and addresses may be others, and lines of
 * the log may come between any others; other lines may come only where the page has {@code …}.
 */
record Transcript(List<String> lines) {

  private static final String ANY_LINES = "…";
  private static final Pattern LOGGED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");

  /** The first line that is not where it should be among those printed. */
  Optional<String> missing(List<String> printed) {
    return missing(part(lines, false), part(printed, false))
        .or(() -> missing(part(lines, true), part(printed, true)));
  }

  private static List<String> part(List<String> lines, boolean logged) {
    return lines.stream().filter(line -> LOGGED.matcher(line).matches() == logged).toList();
  }

  private static Optional<String> missing(List<String> wanted, List<String> printed) {
    List<String> all = new ArrayList<>(wanted);
    List<String> came = new ArrayList<>(printed);
    all.add("(the end)");
    came.add("(the end)");
    Iterator<String> rest = came.iterator();
    boolean skips = false;
    for (String line : all) {
      if (line.equals(ANY_LINES)) {
        skips = true;
        continue;
      }
      boolean found = false;
      do {
        found = rest.hasNext() && shape(rest.next()).equals(shape(line));
      } while (!found && skips && rest.hasNext());
      if (!found) {
        return Optional.of(line);
      }
      skips = false;
    }
    return Optional.empty();
  }

  private static String shape(String line) {
    return line.replaceAll("(localhost|127\\.0\\.0\\.1):\\d+", "ADDRESS")
        .replaceAll("\\b[0-9a-f]{32}\\b", "ID")
        .replaceAll("\\d+(\\.\\d+)?", "N");
  }
}
