package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Path DASHBOARD = Path.of("..", "docs", "grafana", "infermux.json");
  private static final Pattern METRIC = Pattern.compile("infermux_[a-z_]+");

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
  void every_metric_of_the_dashboard_is_there_after_one_call_and_one_refusal() throws Exception {
    Config echo = Config.echo();
    Config anyPort = echo.withHttp(echo.http().withListen(new ListenAddress("127.0.0.1", 0)));
    InferMux infermux = await(InferMux.create(vertx, anyPort));
    int port = await(infermux.listen()).port();
    await(infermux.infer(request("echo-v1")));
    await(infermux.infer(request("nobody")).otherwiseEmpty());

    Buffer scraped =
        await(
            vertx
                .createHttpClient()
                .request(HttpMethod.GET, port, "127.0.0.1", "/_infermux/metrics")
                .compose(http -> http.send())
                .compose(response -> response.body()));

    assertThat(names(scraped.toString())).containsAll(names(Files.readString(DASHBOARD)));
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

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = METRIC.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  private static InferRequest request(String model) {
    return new InferRequest(model, "", List.of(ChatMessage.of("user", "Hi")), Map.of(), Map.of());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
