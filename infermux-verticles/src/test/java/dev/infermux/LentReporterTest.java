package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.api.ChatRequest;
import dev.infermux.config.Config;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.TokenTraceReporter;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A reporter that the program lends. */
@ExtendWith(VertxExtension.class)
class LentReporterTest {

  @Test
  void it_takes_the_spans_and_is_the_programs_to_close(Vertx vertx, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("spans.jsonl");
    TokenTraceReporter reporter =
        TokenTraceReporter.create(
            vertx,
            TelemetryOptions.defaults().withTokentrace(TokenTrace.at(file.toUri().toString())),
            new TokenTraceReporter.Service("program", "1"));
    InferMuxOptions options = InferMuxOptions.defaults().withReporter(reporter);

    for (int i = 0; i < 2; i++) {
      InferMux infermux = InferMux.create(vertx, Config.echo(), options).await();
      infermux.chat(ChatRequest.of("echo-v1", "Hi")).await();
      infermux.close().await();
    }
    reporter.close().await();

    assertThat(reporter.counts().ended()).isEqualTo(4);
    assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.contains("echo-v1"));
  }
}
