package dev.infermux.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.tokentrace.testing.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Prometheus of this machine, which scrapes a gateway every 200 ms. */
final class LocalPrometheus implements AutoCloseable {

  private final Process process;
  private final int port;

  private LocalPrometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static void requireInstalled() {
    for (String program : List.of("prometheus", "promtool")) {
      assumeTrue(
          Stream.of(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))),
          "needs " + program + " on the PATH (Debian: apt-get install prometheus)");
    }
  }

  /** What promtool prints; fails when it does. */
  static String promtool(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + ": " + out);
    }
    return out;
  }

  static LocalPrometheus scraping(Path directory, Gateway gateway, Path alerts) throws IOException {
    Path file = directory.resolve("prometheus.yml");
    Files.writeString(
        file,
        """
        global: { scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms }
        rule_files: [ "%s" ]
        scrape_configs:
          - job_name: infermux
            metrics_path: /_infermux/metrics
            static_configs: [{ targets: ["127.0.0.1:%d"] }]
        """
            .formatted(alerts.resolve("alerts.yml"), gateway.port()));
    int port = FreePort.next();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    return new LocalPrometheus(process, port);
  }

  /** Waits until the gateway was scraped this often, and an alert is pending or fires. */
  void awaitScrapes(int times) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> count("count_over_time(up{job=\"infermux\"}[1m])") >= times);
    // An alert that is expected, so that all have been evaluated once.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !get("alerts").getJsonArray("alerts").isEmpty());
  }

  /** The values of an expression; fails when Prometheus refuses it. */
  JsonArray query(String expression) {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return get("query?query=" + encoded).getJsonArray("result");
  }

  /** What the HTTP API answers. */
  JsonObject get(String path) {
    try (Wire wire = Wire.connect(port)) {
      JsonObject answer = wire.get("/api/v1/" + path).json();
      if (!answer.getString("status").equals("success")) {
        throw new AssertionError(path + ": " + answer.encode());
      }
      return answer.getJsonObject("data");
    }
  }

  private double count(String expression) {
    JsonArray values = query(expression);
    return values.isEmpty()
        ? 0
        : Double.parseDouble(values.getJsonObject(0).getJsonArray("value").getString(1));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
