package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Waits for a gateway that has just been started. */
final class FirstAnswer {
  private static final long LIMIT_NANOS = 60_000_000_000L;
  private static final long PAUSE_MILLIS = 5;
  private static final int READ_MILLIS = 5_000;

  private FirstAnswer() {}

  /** Returns the milliseconds from the start of the gateway's process to its first good answer. */
  static double millis(Gateway gateway) throws IOException, InterruptedException {
    String last = "no answer";
    while (System.nanoTime() - gateway.started() < LIMIT_NANOS && gateway.alive()) {
      try {
        last = answer(gateway.target());
        if (last.contains("\"total_tokens\"")) {
          return (System.nanoTime() - gateway.started()) / 1e6;
        }
      } catch (IOException e) {
        last = e.getMessage();
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new IOException(
        "gateway: %s, %s (expected: a chat completion); its output is in %s"
            .formatted(gateway.alive() ? "running" : "ended", last, gateway.log()));
  }

  private static String answer(Target target) throws IOException {
    var connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:%d/v1/chat/completions".formatted(target.port()))
                .toURL()
                .openConnection();
    target
        .headers()
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(line -> connection.setRequestProperty(line[0], line[1]));
    connection.setDoOutput(true);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestProperty("content-type", "application/json");
    connection.setRequestProperty("authorization", "Bearer " + Target.KEY);
    try (var out = connection.getOutputStream()) {
      out.write(Bodies.chat(1024, false));
    }
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    } finally {
      connection.disconnect();
    }
  }
}
