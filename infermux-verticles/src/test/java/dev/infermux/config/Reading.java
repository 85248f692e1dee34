package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.tree.Problem;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Reads files the way a server does, and waits for the result. */
@ExtendWith(VertxExtension.class)
abstract class Reading {
  static final Map<String, String> KEYS =
      Map.of(
          "OPENAI_API_KEY", "sk-openai-1",
          "ANTHROPIC_API_KEY", "sk-ant-2",
          "GROQ_API_KEY", "gsk-3",
          "INFERMUX_API_KEY", "gateway-4");

  static Vertx vertx;

  @TempDir Path directory;

  @BeforeAll
  static void useVertx(Vertx testVertx) {
    vertx = testVertx;
  }

  static ConfigResult read(Path file, ReadOptions options) throws Exception {
    return ConfigReader.read(vertx, file, options)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  ConfigResult read(String yaml) throws Exception {
    return read(yaml, ReadOptions.of(KEYS).withToServe(false));
  }

  ConfigResult read(String yaml, ReadOptions options) throws Exception {
    return read(write(yaml), options);
  }

  Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("infermux.yml"), yaml);
  }

  static Path resource(String name) throws URISyntaxException {
    return Path.of(Reading.class.getResource("/config/" + name).toURI());
  }

  static ConfigResult.Loaded loaded(ConfigResult result) {
    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    return (ConfigResult.Loaded) result;
  }

  static List<String> problems(ConfigResult result) {
    assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
    return ((ConfigResult.Invalid) result).problems().stream().map(Problem::text).toList();
  }

  static String malformed(ConfigResult result) {
    assertThat(result).isInstanceOf(ConfigResult.Malformed.class);
    return ((ConfigResult.Malformed) result).reason();
  }
}
