package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's process, with all that a request can pass switched on: keys, a choice between two
 * providers, rate limits, circuit breakers, prices, a budget with its ledger, events, and every
 * span exported.
 */
final class Gateway implements AutoCloseable {
  private static final String CONFIG =
      """
      listen: "127.0.0.1:%1$d"
      log: { level: warn }
      auth: { mode: static_key, key: "%3$s" }
      providers:
        - name: first
          type: openai
          api_key: sk-mock-first
          base_url: http://127.0.0.1:%2$d/v1
          models: [gpt-4o-mini]
          rate_limits: { requests_per_minute: 1000000000, tokens_per_minute: 1000000000000 }
        - name: second
          type: openai
          api_key: sk-mock-second
          base_url: http://127.0.0.1:%2$d/v1
          models: [gpt-4o-mini]
          rate_limits: { requests_per_minute: 1000000000, tokens_per_minute: 1000000000000 }
      routing:
        strategy: round_robin
      pricing:
        first: { gpt-4o-mini: { input_per_million: 0.15, output_per_million: 0.60 } }
        second: { gpt-4o-mini: { input_per_million: 0.15, output_per_million: 0.60 } }
      %4$s
      telemetry:
        otlp: { endpoint: "http://127.0.0.1:%2$d", protocol: http/protobuf }
      limits: { max_in_flight: 20000 }
      """;

  private static final String BUDGETS =
      """
      budgets:
        %s
        callers: [{ caller: "*", monthly_usd: 100000000.00, action: hard_stop }]
      """;

  private static final int SECONDS_TO_END = 60;

  private final String name;
  private final Launched launched;
  private final int port;
  private final long started;
  private final Path log;
  private String headers = "";
  private @Nullable GatewayJvm jvm;

  private Gateway(String name, Launched launched, int port, long started, Path log) {
    this.name = name;
    this.launched = launched;
    this.port = port;
    this.started = started;
    this.log = log;
  }

  /**
   * Starts a command, in which {config}, {port} and {mock} stand for the configuration file and the
   * two ports.
   *
   * @param name what its figures are called
   */
  static Gateway start(String name, String command, Session.Start start) throws IOException {
    return start(name, command, start, Ports.free());
  }

  /** The same at a port that was chosen before. */
  static Gateway start(String name, String command, Session.Start start, int port)
      throws IOException {
    Options options = start.options();
    int mockPort = start.mockPort();
    Path home = Files.createDirectories(options.directory().resolve(name + "-" + start.launch()));
    Path config = home.resolve("infermux.yml");
    Files.writeString(
        config, configuration(port, mockPort, options.budgets(), home) + start.more());
    String started =
        command
            .replace("{config}", config.toString())
            .replace("{port}", Integer.toString(port))
            .replace("{mock}", Integer.toString(mockPort));
    Path log = home.resolve("gateway.log");
    long now = System.nanoTime();
    List<String> shell = List.of("sh", "-c", "exec " + started);
    Launched launched = Launched.logged(options.pinning().pinned(shell), log);
    Gateway gateway = new Gateway(name, launched, port, now, log);
    gateway.headers = name.equals(Target.BESIDE) ? options.beside().lines(mockPort) : "";
    return gateway;
  }

  /**
   * The configuration that all is measured with.
   *
   * @param budgets as {@link LoadKinds} names them
   * @param home of the state file
   */
  static String configuration(int port, int mockPort, String budgets, Path home) {
    return CONFIG.formatted(port, mockPort, Target.KEY, budgets(budgets, home));
  }

  private static String budgets(String where, Path home) {
    return switch (where) {
      case LoadKinds.NO_BUDGETS -> "";
      case LoadKinds.STATE_FILE -> BUDGETS.formatted("state_file: \"" + home + "/budgets.json\"");
      default -> BUDGETS.formatted("");
    };
  }

  /** When its process was started, in {@link System#nanoTime()}. */
  long started() {
    return started;
  }

  /** Ends it as a crash does. */
  void kill() throws InterruptedException {
    launched.process().destroyForcibly().waitFor();
  }

  /** Ends it as an operator does. */
  void terminate() throws InterruptedException {
    launched.process().destroy();
    if (!launched.process().waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Stops it ({@code STOP}) or lets it go on ({@code CONT}). */
  void signal(String which) throws IOException, InterruptedException {
    // The shell's own: not every system has the program.
    new ProcessBuilder("sh", "-c", "kill -" + which + " " + launched.handle().pid())
        .start()
        .waitFor();
  }

  boolean alive() {
    return launched.process().isAlive();
  }

  Path log() {
    return log;
  }

  Target target() {
    return new Target(name, port, launched.handle(), jvm, headers);
  }

  /** Looks into its JVM from now on, once it runs; null where that cannot be. */
  @Nullable GatewayJvm attach() {
    jvm = GatewayJvm.of(launched.handle(), log.resolveSibling("gc.log"));
    return jvm;
  }

  @Override
  public void close() {
    if (jvm != null) {
      jvm.close();
    }
    launched.close();
  }
}
