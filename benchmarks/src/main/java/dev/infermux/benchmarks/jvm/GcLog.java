package dev.infermux.benchmarks.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The log of a JVM's collector: how long it stopped everything. */
public final class GcLog {
  private static final Pattern PAUSE = Pattern.compile("Pause.* (\\d+\\.\\d+)ms");

  private final Path file;

  public GcLog(Path file) {
    this.file = file;
  }

  /** How much of it there is: what is read later begins there. */
  public long position() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The pauses that were written between two positions, in milliseconds. */
  public List<Double> pauses(long from, long to) {
    try {
      byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      int end = (int) Math.min(to, all.length);
      int begin = (int) Math.min(from, end);
      return pauses(new String(all, begin, end - begin, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The pauses of some lines; the concurrent parts of a collection are none. */
  static List<Double> pauses(String lines) {
    return lines
        .lines()
        .map(PAUSE::matcher)
        .filter(matcher -> matcher.find())
        .map(matcher -> Double.parseDouble(matcher.group(1)))
        .toList();
  }
}
