package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The libraries that the project is built on do the work that docs/architecture.md gives them. */
class FoundationTest {

  @ParameterizedTest
  @CsvSource({
    "io.vertx.core.VerticleBase, infermux-verticles/src/main/java/dev/infermux/pipeline",
    "io.vertx.core.VerticleBase, infermux-verticles/src/main/java/dev/infermux/provider",
    "io.vertx.core.VerticleBase, infermux-verticles/src/main/java/dev/infermux/budget",
    "io.vertx.ext.web.Router, infermux-verticles/src/main/java/dev/infermux/inbound/http",
    "io.vertx.ext.web.Router, infermux-verticles/src/main/java/dev/infermux/inbound/management",
    "io.vertx.ext.web.client.WebClient, infermux-verticles/src/main/java/dev/infermux/cli/process",
    "io.vertx.ext.web.client.WebClient, tokentrace-reporter/src/main/java",
    "io.vertx.circuitbreaker.CircuitBreaker, infermux-verticles/src/main/java/dev/infermux/vertx",
    "io.vertx.config.ConfigRetriever, infermux-verticles/src/main/java/dev/infermux/config",
    "io.opentelemetry.sdk.metrics, infermux-verticles/src/main/java/dev/infermux/assembly",
    "io.opentelemetry.sdk.trace, tokentrace-reporter/src/main/java",
    "io.opentelemetry.exporter.otlp, tokentrace-reporter/src/main/java",
    "io.vertx.junit5.VertxExtension, infermux-verticles/src/test/java/dev/infermux/e2e",
    "io.vertx.junit5.VertxExtension, infermux-verticles/src/test/java/dev/infermux/inbound",
    "io.vertx.junit5.VertxExtension, infermux-verticles/src/test/java/dev/infermux/health",
  })
  void library_is_used_where_the_page_says(String library, String folder) throws IOException {
    assertThat(importing(library, folder)).isNotEmpty();
  }

  @Test
  void no_second_http_client_is_used() throws IOException {
    for (String module : List.of("mist-protocol", "tokentrace-reporter", "infermux-verticles")) {
      assertThat(importing("java.net.http", module + "/src/main/java")).isEmpty();
    }
  }

  private static List<Path> importing(String library, String folder) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..").resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> text(file).contains("\nimport " + library))
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
