package dev.infermux.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * What the command line asked for; {@code load.sh --help} explains each.
 *
 * @param gateway shell command that starts the gateway
 * @param rate requests a second of the open loop
 * @param phases kinds of phases to run: json, stream, hold
 * @param directory where configurations, logs and results go
 */
record Options(
    Effort effort,
    String gateway,
    boolean nginx,
    Pinning pinning,
    int rate,
    List<String> phases,
    Path directory) {
  private static final List<String> PHASES = List.of("json", "stream", "hold");

  static Options parse(String[] args) {
    Effort effort = Arrays.asList(args).contains("--quick") ? Effort.QUICK : Effort.FULL;
    var options =
        new Options(
            effort,
            "./infermux serve --config {config}",
            true,
            new Pinning(""),
            500,
            PHASES,
            Path.of("target/load"));
    Queue<String> rest = new ArrayDeque<>(Arrays.asList(args));
    while (!rest.isEmpty()) {
      options = options.with(rest.remove(), rest);
    }
    return options;
  }

  private Options with(String option, Queue<String> rest) {
    return switch (option) {
      case "--quick" -> this;
      case "--no-nginx" -> new Options(effort, gateway, false, pinning, rate, phases, directory);
      case "--launches" -> withEffort(effort.withLaunches(positive(option, rest)));
      case "--rounds" -> withEffort(effort.withRounds(positive(option, rest)));
      case "--warm-up" -> withEffort(effort.withWarmUp(Duration.ofSeconds(positive(option, rest))));
      case "--gateway" ->
          new Options(effort, value(option, rest), nginx, pinning, rate, phases, directory);
      case "--gateway-cpus" ->
          new Options(
              effort, gateway, nginx, new Pinning(value(option, rest)), rate, phases, directory);
      case "--rate" ->
          new Options(effort, gateway, nginx, pinning, positive(option, rest), phases, directory);
      case "--phases" ->
          new Options(
              effort, gateway, nginx, pinning, rate, phases(value(option, rest)), directory);
      case "--directory" ->
          new Options(effort, gateway, nginx, pinning, rate, phases, Path.of(value(option, rest)));
      default -> throw new IllegalArgumentException("unknown option: " + option);
    };
  }

  private Options withEffort(Effort changed) {
    return new Options(changed, gateway, nginx, pinning, rate, phases, directory);
  }

  private static String value(String option, Queue<String> rest) {
    String value = rest.poll();
    if (value == null) {
      throw new IllegalArgumentException(option + ": nothing (expected: a value)");
    }
    return value;
  }

  private static int positive(String option, Queue<String> rest) {
    String text = value(option, rest);
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(option + ": " + text + " (expected: 1..999999)");
    }
    return Integer.parseInt(text);
  }

  private static List<String> phases(String text) {
    List<String> asked = List.of(text.split(",", -1));
    if (!PHASES.containsAll(asked)) {
      throw new IllegalArgumentException("--phases: " + text + " (expected: json | stream | hold)");
    }
    return asked;
  }
}
