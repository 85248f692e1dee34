package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A start that is warmed up, and what the server knows of that afterwards: nothing. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RehearsalTest {

  @TempDir Path directory;

  @Test
  void calls_before_the_start_leave_no_trace_in_what_the_server_tells() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("infermux.yml"),
            """
            providers: [{ name: e, type: echo, models: [echo-v1] }]
            pricing: { e: { echo-v1: { input_per_million: 1, output_per_million: 1 } } }
            budgets:
              state_file: "%s/budgets.json"
              callers: [{ caller: "*", monthly_usd: 100, action: hard_stop }]
            """
                .formatted(directory));
    try (ServerProcess server =
        ServerProcess.start(
            directory,
            Map.of("INFERMUX_WARM_UP", "1h"),
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--warm-up",
            "300ms",
            "--config",
            file.toString())) {
      URI url = server.url();

      assertThat(get(url, "/_infermux/status")).contains("\"requests_total\":0");
      assertThat(get(url, "/_infermux/requests")).contains("\"requests\":[]");
      assertThat(get(url, "/_infermux/costs")).contains("\"requests\":0");
      assertThat(get(url, "/_infermux/metrics"))
          .contains("infermux_")
          .doesNotContain("infermux_requests_total{", "infermux_attempts_total{")
          .doesNotContain("gpt-4o-mini");
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
      assertThat(server.err())
          .contains("warming up for 300 ms", "stopped")
          .doesNotContain("request: ", "no warm-up", "\tat ");
    }
  }

  @Test
  void length_that_is_none_ends_the_start() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(directory, Map.of("INFERMUX_WARM_UP", "soon"), "serve")) {

      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.err())
          .contains("INFERMUX_WARM_UP: \"soon\" (expected: a duration such as 500ms");
    }
  }

  private static String get(URI url, String path) throws IOException {
    try (InputStream in = url.resolve(path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
