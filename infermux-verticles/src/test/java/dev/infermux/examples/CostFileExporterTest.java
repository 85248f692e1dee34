package dev.infermux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.InferMux;
import dev.infermux.config.Config;
import dev.infermux.events.EventPublisher;
import dev.infermux.events.Samples;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.mist.InferResponse;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class CostFileExporterTest {

  private Vertx vertx;

  @TempDir private Path folder;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void writes_one_line_for_each_charge_and_appends_after_a_restart() throws Exception {
    Path file = folder.resolve("costs.jsonl");
    EventPublisher publisher = new EventPublisher(vertx);

    String first = done(vertx.deployVerticle(new CostFileExporter(), to(file)));
    publisher.finished(Samples.failedOver());
    publisher.finished(Samples.ok("openai", "gpt-4o"));
    await().until(() -> Files.readAllLines(file).size() == 2);
    done(vertx.undeploy(first));
    done(vertx.deployVerticle(new CostFileExporter(), to(file)));
    publisher.finished(Samples.ok("openai", "gpt-4o"));
    await().until(() -> Files.readAllLines(file).size() == 3);

    List<String> lines = Files.readAllLines(file);
    JsonNode cost = new JsonMapper().readTree(lines.get(0));
    assertThat(cost.get("caller").textValue()).isEqualTo("team-a");
    assertThat(cost.get("cost_usd").decimalValue()).isEqualByComparingTo("0.000575");
    assertThat(new JsonMapper().readTree(lines.get(2)).get("tokens_in").intValue()).isEqualTo(100);
  }

  @Test
  void hears_what_a_running_router_charges() throws Exception {
    Path file = folder.resolve("costs.jsonl");
    InferMux router = done(InferMux.create(vertx, Config.echo()));
    done(vertx.deployVerticle(new CostFileExporter(), to(file)));

    InferRequest request = InferRequest.of("echo-v1", List.of(ChatMessage.of("user", "Hello")));
    InferResponse answer = done(router.infer(request));
    await().until(() -> Files.readAllLines(file).size() == 1);

    JsonNode cost = new JsonMapper().readTree(Files.readString(file));
    assertThat(cost.get("provider").textValue()).isEqualTo("echo");
    assertThat(cost.get("tokens_in").longValue()).isEqualTo(answer.tokensIn());
    assertThat(cost.get("cost_usd").doubleValue()).isEqualTo(answer.costUsd());
    assertThat(cost.get("cost_status").textValue()).isNotEqualTo("unpriced");
    done(router.close());
  }

  private static DeploymentOptions to(Path file) {
    return new DeploymentOptions().setConfig(new JsonObject().put("path", file.toString()));
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
