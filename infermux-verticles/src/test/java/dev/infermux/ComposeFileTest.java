package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.mist.InferResponse;
import dev.infermux.tokentrace.TelemetryOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
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
    assertThat(read(directory))
        .isInstanceOfSatisfying(
            ConfigResult.Loaded.class,
            loaded -> {
              assertThat(loaded.warnings()).isEmpty();
              assertThat(loaded.notices()).isEmpty();
            });
  }

  /** What {@code docker compose run --rm matchspec} does, with the same file and program. */
  @Test
  void evaluation_runs_through_the_cheaper_mock_and_tells_its_cost(@TempDir Path directory)
      throws Exception {
    Path program = GoProgram.built(Path.of("..", "deploy", "evaluation"), directory);
    InferMux infermux = started(directory);
    String url = "http://127.0.0.1:" + await(infermux.listen()).port();

    Process process =
        new ProcessBuilder(
                program.toString(),
                "-infermux=" + url,
                "-suite=" + Path.of("..", "deploy", "evaluation", "suite.json"))
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(out).isZero();
    // 19 tokens in at 0.05 and 10 out at 0.40 USD a million, five times.
    assertThat(out)
        .contains(
            "pass suite-math/add ",
            "served by cheap: 5\n",
            "suite-math: 5 of 5 passed, 0.00002475 USD by the answers, 0.00002475 USD in the"
                + " ledger");
  }

  @Test
  void model_of_the_evaluation_is_served_by_the_cheaper_mock(@TempDir Path directory)
      throws Exception {
    InferMux infermux = started(directory);

    InferResponse answer =
        await(
            infermux.infer(
                new InferRequest(
                    "judge",
                    "",
                    List.of(ChatMessage.of("user", "Answer with 12.")),
                    Map.of(),
                    Map.of())));

    assertThat(answer.provider()).isEqualTo("cheap");
    assertThat(answer.content()).contains("12");
    assertThat(answer.costUsd()).isEqualTo(0.00000495);
  }

  @Test
  void go_programs_are_static_builds_of_one_version() throws Exception {
    String compose = Files.readString(COMPOSE);
    String sums = Files.readString(Path.of("..", "deploy", "evaluation", "go.sum"));

    assertThat(compose)
        .containsPattern("CGO_ENABLED=0 go install \\S+/tokentrace@[0-9a-f]{40}\n")
        .contains("CGO_ENABLED=0 go build ")
        .doesNotContain(":latest");
    assertThat(sums).containsPattern("greynewell/matchspec v0\\.0\\.0-\\d+-[0-9a-f]{12} h1:");
    assertThat(Files.readAllLines(Path.of("..", ".dockerignore"))).contains(".git", "**/target");
  }

  /** With the configuration of the file, at a free port and with its telemetry off. */
  private InferMux started(Path directory) throws Exception {
    Config config = ((ConfigResult.Loaded) read(directory)).config();
    Config local =
        config
            .withHttp(config.http().withListen(new ListenAddress("127.0.0.1", 0)))
            .withManagementListen(null)
            .withTelemetry(TelemetryOptions.defaults());
    return await(InferMux.create(vertx, local));
  }

  private ConfigResult read(Path directory) throws Exception {
    Map<String, Map<String, Map<String, String>>> compose =
        new Yaml().load(Files.readString(COMPOSE));
    Path file = directory.resolve("infermux.yml");
    Files.writeString(file, compose.get("configs").get("infermux").get("content"));
    return await(ConfigReader.read(vertx, file, ReadOptions.of(Map.of()).withStrict(true)));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
