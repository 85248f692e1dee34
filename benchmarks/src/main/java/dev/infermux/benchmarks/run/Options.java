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
 * @param beside shell command that starts another gateway to measure in turn; empty = none
 * @param rate requests a second of the open loop
 * @param phases kinds of phases to run: json, stream, hold
 * @param budgets whether the caller has a budget: none, memory, or file for one with a state file
 * @param directory where configurations, logs and results go
 */
record Options(
    Effort effort,
    String gateway,
    String beside,
    boolean nginx,
    Pinning pinning,
    int rate,
    List<String> phases,
    String budgets,
    Path directory) {
  static final String NO_BUDGETS = "none";
  static final String STATE_FILE = "file";
  private static final List<String> PHASES = List.of("json", "stream", "hold");
  private static final List<String> BUDGETS = List.of(NO_BUDGETS, "memory", STATE_FILE);

  static Options parse(String[] args) {
    Effort effort = Arrays.asList(args).contains("--quick") ? Effort.QUICK : Effort.FULL;
    var options =
        new Options(
            effort,
            "./infermux serve --config {config}",
            "",
            true,
            new Pinning(""),
            500,
            PHASES,
            STATE_FILE,
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
      case "--no-nginx" ->
          new Options(effort, gateway, beside, false, pinning, rate, phases, budgets, directory);
      case "--beside" -> withBeside(value(option, rest));
      case "--launches" -> withEffort(effort.withLaunches(positive(option, rest)));
      case "--rounds" -> withEffort(effort.withRounds(positive(option, rest)));
      case "--warm-up" -> withEffort(effort.withWarmUp(Duration.ofSeconds(positive(option, rest))));
      case "--gateway" -> withGateway(value(option, rest), pinning);
      case "--gateway-cpus" -> withGateway(gateway, new Pinning(value(option, rest)));
      case "--rate" -> withLoad(positive(option, rest), phases, budgets);
      case "--phases" ->
          withLoad(
              rate, chosen(option, List.of(value(option, rest).split(",", -1)), PHASES), budgets);
      case "--budgets" ->
          withLoad(rate, phases, chosen(option, List.of(value(option, rest)), BUDGETS).get(0));
      case "--directory" ->
          new Options(
              effort,
              gateway,
              beside,
              nginx,
              pinning,
              rate,
              phases,
              budgets,
              Path.of(value(option, rest)));
      default -> throw new IllegalArgumentException("unknown option: " + option);
    };
  }

  private Options withEffort(Effort changed) {
    return new Options(changed, gateway, beside, nginx, pinning, rate, phases, budgets, directory);
  }

  private Options withBeside(String command) {
    return new Options(effort, gateway, command, nginx, pinning, rate, phases, budgets, directory);
  }

  private Options withGateway(String command, Pinning cpus) {
    return new Options(effort, command, beside, nginx, cpus, rate, phases, budgets, directory);
  }

  private Options withLoad(int perSecond, List<String> kinds, String money) {
    return new Options(effort, gateway, beside, nginx, pinning, perSecond, kinds, money, directory);
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

  private static List<String> chosen(String option, List<String> asked, List<String> allowed) {
    if (!allowed.containsAll(asked)) {
      throw new IllegalArgumentException(
          option
              + ": "
              + String.join(",", asked)
              + " (expected: "
              + String.join(" | ", allowed)
              + ")");
    }
    return asked;
  }
}
