package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * No Docker engine runs the tests; what the compose file hands to InferMux is checked all the same.
 */
@ExtendWith(VertxExtension.class)
class ComposeFileTest {

  private static final Path COMPOSE = Path.of("..", "docker-compose.yml");

  private Vertx vertx;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void configuration_in_the_compose_file_is_strictly_valid_and_all_active(@TempDir Path directory)
      throws Exception {
    Map<String, Map<String, Map<String, String>>> compose =
        new Yaml().load(Files.readString(COMPOSE));
    Path file = directory.resolve("infermux.yml");
    Files.writeString(file, compose.get("configs").get("infermux").get("content"));

    ReadOptions strict = ReadOptions.of(Map.of()).withStrict(true);
    ConfigResult result = await(ConfigReader.read(vertx, file, strict));

    assertThat(result)
        .isInstanceOfSatisfying(
            ConfigResult.Loaded.class,
            loaded -> {
              assertThat(loaded.warnings()).isEmpty();
              assertThat(loaded.notices()).isEmpty();
            });
  }

  @Test
  void go_programs_are_static_builds_of_one_commit() throws Exception {
    List<String> builds =
        Files.readAllLines(COMPOSE).stream().filter(line -> line.contains("go install")).toList();

    assertThat(builds)
        .hasSize(2)
        .allMatch(line -> line.strip().matches("RUN CGO_ENABLED=0 go install \\S+@[0-9a-f]{40}"));
    assertThat(Files.readAllLines(Path.of("..", ".dockerignore"))).contains(".git", "**/target");
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
