package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.mist.InferResponse;
import dev.infermux.mock.Mock;
import dev.infermux.mock.MockRequest;
import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mocks as a program that embeds InferMux uses them, and as a configuration file does. */
@ExtendWith(VertxExtension.class)
class MockedInferMuxTest {

  private Vertx vertx;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void a_program_brings_its_mock_and_sees_what_it_was_asked() {
    Mock mock =
        Mock.named("primary")
            .models("gpt-4o")
            .answer(call -> MockBehaviour.ok().text("You said " + call.lastText()));
    InferMux inferMux = create(Config.defaults(), mock);

    InferResponse answer = inferMux.infer(request("gpt-4o", "Hello")).await();

    assertThat(answer.provider()).isEqualTo("primary");
    assertThat(answer.content()).isEqualTo("You said Hello");
    assertThat(answer.tokensOut()).isEqualTo(3);
    assertThat(mock.requests())
        .extracting(MockRequest::model, MockRequest::path, MockRequest::behaviour)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "gpt-4o", "/v1/chat/completions", "text-\"You said Hello\""));
    assertThat(mock.requests().get(0).body()).contains("\"Hello\"");
  }

  @Test
  void with_failover_no_caller_sees_a_failing_primary_and_soon_it_is_left_alone() {
    Mock primary = Mock.named("primary").models("gpt-4o").script("status-500");
    Mock fallback = Mock.named("fallback").models("gpt-4o").answer("from the fallback");
    InferMux inferMux = create(resilient(FailoverOptions.defaults()), primary, fallback);

    for (int i = 0; i < 10; i++) {
      assertThat(inferMux.infer(request("gpt-4o", "Hi")).await().content())
          .isEqualTo("from the fallback");
    }

    assertThat(primary.requests()).hasSize(3);
    assertThat(fallback.requests()).hasSize(10);
    assertThat(inferMux.circuitStates()).containsEntry("primary", CircuitState.OPEN);
  }

  @Test
  void without_failover_the_first_failures_show_until_the_circuit_opens() {
    Mock primary = Mock.named("primary").models("gpt-4o").script("status-500");
    Mock fallback = Mock.named("fallback").models("gpt-4o").answer("from the fallback");
    Config config = resilient(FailoverOptions.defaults().withEnabled(false));
    InferMux inferMux = create(config, primary, fallback);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> inferMux.infer(request("gpt-4o", "Hi")).await())
          .hasMessageContaining("mock: status 500");
    }

    assertThat(inferMux.infer(request("gpt-4o", "Hi")).await().provider()).isEqualTo("fallback");
    assertThat(primary.requests()).hasSize(3);
  }

  private static Config resilient(FailoverOptions failover) {
    return Config.defaults()
        .withCircuit(CircuitOptions.defaults().withConsecutiveFailures(3))
        .withRouting(
            RoutingOptions.defaults()
                .withStrategy(RoutingStrategy.PRIORITY)
                .withRetry(RetryOptions.defaults().withAttempts(0))
                .withFailover(failover));
  }

  @Test
  void all_cells_follow_one_script() {
    Mock mock = Mock.named("primary").models("m").rateLimit(3);
    InferMux inferMux = create(Config.defaults(), mock);

    for (int i = 0; i < 3; i++) {
      inferMux.infer(request("m", "Hi")).await();
    }

    assertThatThrownBy(() -> inferMux.infer(request("m", "Hi")).await())
        .hasMessageContaining("429");
    assertThat(mock.count()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void two_routers_may_share_a_mock_and_do_not_have_to() {
    Mock shared = Mock.named("shared").models("m").script("ok, status-400");
    InferMux one = create(Config.defaults(), shared);
    InferMux other = create(Config.defaults(), shared);

    one.infer(request("m", "Hi")).await();

    assertThatThrownBy(() -> other.infer(request("m", "Hi")).await())
        .hasMessageContaining("status 400");
  }

  @Test
  void a_file_scripts_mocks_too() {
    JsonObject file =
        new JsonObject()
            .put(
                "providers",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("name", "scripted")
                            .put("type", "mock")
                            .put("models", new JsonArray().add("flaky").add("mock-status-400"))
                            .put(
                                "mock",
                                new JsonObject()
                                    .put(
                                        "models",
                                        new JsonObject().put("flaky", "text-First, status-422")))));
    ConfigResult.Loaded loaded =
        (ConfigResult.Loaded) ConfigReader.read(file, ReadOptions.of(Map.of()));
    InferMux inferMux = create(loaded.config());

    assertThat(loaded.notices()).isEmpty();
    assertThat(inferMux.infer(request("flaky", "Hi")).await().content()).isEqualTo("First");
    assertThatThrownBy(() -> inferMux.infer(request("flaky", "Hi")).await())
        .hasMessageContaining("status 422");
    assertThatThrownBy(() -> inferMux.infer(request("mock-status-400", "Hi")).await())
        .hasMessageContaining("status 400");
  }

  private InferMux create(Config config, Mock... mocks) {
    return InferMux.create(vertx, config, InferMuxOptions.defaults().withMocks(mocks)).await();
  }

  private static InferRequest request(String model, String text) {
    return new InferRequest(model, "", List.of(ChatMessage.of("user", text)), Map.of(), Map.of());
  }
}
