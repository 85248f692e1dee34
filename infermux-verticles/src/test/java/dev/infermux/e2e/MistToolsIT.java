package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeWriter;
import dev.infermux.mist.HealthPing;
import dev.infermux.mist.MistType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.testing.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The family's own programs, written in Go: {@code tokentrace} and {@code mist}. Each test is
 * skipped unless its program lies in the directory that {@code MIST_TOOLS} names.
 */
@ExtendWith(VertxExtension.class)
class MistToolsIT {

  private static final String MIST_SPAN = "00000000c0ffee00b7ad6b7169203331";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void tokentrace_counts_each_request_once_and_finds_its_parent(Vertx vertx) throws Exception {
    int port = FreePort.next();
    Process server = start("tokentrace", "serve", "--addr", "127.0.0.1:" + port);
    try (Gateway gateway = telling(vertx, port)) {
      await().until(() -> listening(port));
      gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
      gateway.post(
          "/v1/chat/completions",
          Texts.chat(Gateway.MODEL, "Hi"),
          "traceparent: 00-" + TRACE + "-" + MIST_SPAN.substring(16) + "-01",
          "tracestate: mist=" + MIST_SPAN);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> get(port, "/stats").getLong("total_spans") == 1);

      JsonObject stats = get(port, "/stats");
      assertThat(stats.getLong("total_tokens_in")).isEqualTo(19);
      assertThat(stats.getLong("total_tokens_out")).isEqualTo(10);
      assertThat(stats.getDouble("total_cost_usd")).isPositive();
      JsonObject span = get(port, "/traces/" + TRACE).getJsonArray("spans").getJsonObject(0);
      assertThat(span.getString("operation")).isEqualTo("infermux.infer");
      assertThat(span.getString("parent_id")).isEqualTo(MIST_SPAN);
    } finally {
      server.destroy();
    }
  }

  @Test
  void mist_validates_what_is_written_here_and_pings(Vertx vertx) throws Exception {
    Process validate = start("mist", "validate");
    validate
        .getOutputStream()
        .write(EnvelopeWriter.write(Envelope.of("t", MistType.HEALTH_PING, new HealthPing("t"))));
    validate.getOutputStream().close();
    assertThat(validate.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(validate.exitValue()).isZero();

    try (Gateway gateway = Gateway.start(vertx)) {
      Process ping = start("mist", "ping", "http://127.0.0.1:" + gateway.port() + "/mist");
      assertThat(ping.waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(ping.exitValue()).isZero();
    }
  }

  private static Gateway telling(Vertx vertx, int port) {
    TokenTrace to = TokenTrace.at("http://127.0.0.1:" + port);
    return Gateway.start(
        vertx,
        (config, upstream) ->
            config
                .withTelemetry(TelemetryOptions.defaults().withTokentrace(to))
                .withProvider(Gateway.provider(upstream)));
  }

  private static Process start(String name, String... arguments) throws IOException {
    String directory = System.getenv("MIST_TOOLS");
    assumeTrue(directory != null, "needs MIST_TOOLS, a directory of the family's programs");
    Path program = Path.of(Objects.requireNonNull(directory), name);
    assumeTrue(Files.isExecutable(program), "needs " + program);
    ProcessBuilder process = new ProcessBuilder(program.toString());
    process.command().addAll(java.util.List.of(arguments));
    return process
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static boolean listening(int port) {
    try (var socket = new java.net.Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static JsonObject get(int port, String path) {
    try (Wire wire = Wire.connect(port)) {
      return wire.get(path).json();
    }
  }
}
