package dev.infermux.cli;

import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts a gateway with all that a call can pass, before a mock and a collector, and sends it calls
 * of every kind, so that the JVM which runs this knows the classes that a start and the first calls
 * need and can archive them. For as many seconds as the argument says it then sends the calls that
 * most gateways get, for a JVM that archives what it learnt of methods too. The build runs all of
 * it, and a {@link Rehearsal} the load; it opens loopback sockets alone.
 */
final class CdsTraining {

  private static final String CONFIGURATION =
      """
      grpc_listen: "127.0.0.1:0"
      auth:
        mode: static_key
        keys: [{ key: training, caller: team, project: training }]
      providers:
        - name: first
          type: openai
          api_key: none
          base_url: "%1$s/v1"
          models: [gpt-4o-mini, mock-status-503]
          model_aliases: { fast: gpt-4o-mini }
          rate_limits: { requests_per_minute: 1000000000, tokens_per_minute: 1000000000000 }
        - name: second
          type: openai
          api_key: none
          base_url: "%1$s/v1"
          models: [gpt-4o-mini]
          model_aliases: { mock-status-503: gpt-4o-mini }
          rate_limits: { requests_per_minute: 1000000000, tokens_per_minute: 1000000000000 }
        - name: anthropic
          type: anthropic
          api_key: none
          base_url: "%1$s"
          models: [claude-sonnet-4-5]
        - name: ollama
          type: ollama
          base_url: "%1$s"
          models: [llama3.2]
        - { name: echo, type: echo, models: [echo-v1] }
      pricing:
        first: { gpt-4o-mini: { input_per_million: 0.15, output_per_million: 0.60 } }
        second: { gpt-4o-mini: { input_per_million: 0.15, output_per_million: 0.60 } }
        ollama: { llama3.2: { input_per_million: 0, output_per_million: 0 } }
      budgets:
        state_file: "%2$s/budgets.json"
        callers: [{ caller: "*", monthly_usd: 1000000, action: hard_stop }]
      telemetry:
        otlp: { endpoint: "%3$s" }
      """;

  private CdsTraining() {}

  public static void main(String[] arguments) {
    try {
      train(Duration.ofSeconds(arguments.length == 0 ? 0 : Long.parseLong(arguments[0])));
    } catch (IOException | RuntimeException e) {
      System.err.println("infermux: no class-data archive, the start will be slower: " + e);
      System.exit(1);
    }
    System.exit(ExitCode.OK);
  }

  /**
   * Does the whole of it.
   *
   * @param load how long calls are sent after one of each kind
   */
  static void train(Duration load) throws IOException {
    within(
        (gateway, configuration) -> {
          run("validate", "--config", configuration.toString());
          CdsTrainingCalls calls = new CdsTrainingCalls(gateway.url());
          calls.each();
          run("status", "--server", gateway.url().toString());
          calls.load(load);
        });
    infer();
    infer("--stream");
  }

  /** Sends the calls that most gateways get, and nothing else. */
  static void load(Duration load) throws IOException {
    within((gateway, configuration) -> new CdsTrainingCalls(gateway.url()).load(load));
  }

  private interface Lesson {
    void give(CdsTrainingGateway gateway, Path configuration) throws IOException;
  }

  private static void within(Lesson lesson) throws IOException {
    Path home = Files.createTempDirectory("infermux-training");
    try (CdsTrainingGateway mock = CdsTrainingGateway.mock();
        CdsTrainingCollector collector = CdsTrainingCollector.start()) {
      Path file = home.resolve("infermux.yml");
      Files.writeString(file, CONFIGURATION.formatted(mock.url(), home, collector.url()));
      try (CdsTrainingGateway gateway =
          CdsTrainingGateway.start(List.of("--config", file.toString()))) {
        lesson.give(gateway, file);
      }
    } finally {
      delete(home);
    }
  }

  private static void infer(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("infer", "--model", "echo-v1", "--prompt", "Hello"));
    arguments.addAll(List.of(more));
    run(arguments.toArray(String[]::new));
  }

  private static void run(String... arguments) {
    PrintWriter nowhere = CommandContext.writer(OutputStream.nullOutputStream());
    Main.run(
        new CommandContext(Map.of(), InputStream.nullInputStream(), nowhere, nowhere, stop -> {}),
        List.of(arguments));
  }

  private static void delete(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(CdsTraining::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
