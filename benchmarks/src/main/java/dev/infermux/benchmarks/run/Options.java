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
 * @param profile whether it is recorded where the gateway allocates, instead of being measured
 * @param directory where configurations, logs and results go
 */
record Options(
    Effort effort,
    String gateway,
    Beside beside,
    boolean nginx,
    Pinning pinning,
    LoadKinds load,
    boolean profile,
    Path directory) {

  static Options parse(String[] args) {
    Effort effort = Arrays.asList(args).contains("--quick") ? Effort.QUICK : Effort.FULL;
    var options =
        new Options(
            effort,
            "./infermux serve --config {config}",
            Beside.NOBODY,
            true,
            new Pinning(""),
            LoadKinds.ALL,
            false,
            Path.of("target/load"));
    Queue<String> rest = new ArrayDeque<>(Arrays.asList(args));
    while (!rest.isEmpty()) {
      options = options.with(rest.remove(), rest);
    }
    return options;
  }

  int rate() {
    return load.rate();
  }

  List<Integer> rates() {
    return load.rates();
  }

  List<String> phases() {
    return load.phases();
  }

  String budgets() {
    return load.budgets();
  }

  /** Without what these budgets would have in the configuration; another block says it. */
  Options withoutBudgets() {
    return withLoad(load.withBudgets(LoadKinds.NO_BUDGETS));
  }

  Options withPinning(Pinning other) {
    return new Options(effort, gateway, beside, nginx, other, load, profile, directory);
  }

  private Options with(String option, Queue<String> rest) {
    return switch (option) {
      case "--quick" -> this;
      case "--profile" ->
          new Options(effort, gateway, beside, nginx, pinning, load, true, directory);
      case "--no-nginx" ->
          new Options(effort, gateway, beside, false, pinning, load, profile, directory);
      case "--beside" -> withBeside(beside.at(value(option, rest)));
      case "--beside-header" -> withBeside(beside.with(value(option, rest)));
      case "--launches" -> withEffort(effort.withLaunches(positive(option, rest)));
      case "--rounds" -> withEffort(effort.withRounds(positive(option, rest)));
      case "--warm-up" -> withEffort(effort.withWarmUp(Duration.ofSeconds(positive(option, rest))));
      case "--gateway" ->
          new Options(
              effort, value(option, rest), beside, nginx, pinning, load, profile, directory);
      case "--gateway-cpus" -> withPinning(new Pinning(value(option, rest)));
      case "--directory" ->
          new Options(
              effort, gateway, beside, nginx, pinning, load, profile, Path.of(value(option, rest)));
      default -> withLoad(loaded(option, rest));
    };
  }

  private LoadKinds loaded(String option, Queue<String> rest) {
    return switch (option) {
      case "--rate" -> load.withRate(positive(option, rest));
      case "--rates" ->
          load.withRates(list(option, rest).stream().map(rate -> positive(option, rate)).toList());
      case "--phases" -> load.withPhases(chosen(option, list(option, rest), LoadKinds.PHASES));
      case "--budgets" ->
          load.withBudgets(chosen(option, List.of(value(option, rest)), LoadKinds.BUDGETS).get(0));
      default -> throw new IllegalArgumentException("unknown option: " + option);
    };
  }

  private Options withEffort(Effort changed) {
    return new Options(changed, gateway, beside, nginx, pinning, load, profile, directory);
  }

  private Options withBeside(Beside changed) {
    return new Options(effort, gateway, changed, nginx, pinning, load, profile, directory);
  }

  private Options withLoad(LoadKinds changed) {
    return new Options(effort, gateway, beside, nginx, pinning, changed, profile, directory);
  }

  private static List<String> list(String option, Queue<String> rest) {
    return List.of(value(option, rest).split(",", -1));
  }

  private static String value(String option, Queue<String> rest) {
    String value = rest.poll();
    if (value == null) {
      throw new IllegalArgumentException(option + ": nothing (expected: a value)");
    }
    return value;
  }

  private static int positive(String option, Queue<String> rest) {
    return positive(option, value(option, rest));
  }

  private static int positive(String option, String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(option + ": " + text + " (expected: 1..999999)");
    }
    return Integer.parseInt(text);
  }

  static List<String> chosen(String option, List<String> asked, List<String> allowed) {
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
