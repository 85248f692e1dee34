package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.api.EmbeddingRequest;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.api.Message;
import dev.infermux.config.Config;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.mock.Mock;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The failover test of the Go library's documentation, with its contradiction settled. */
@ExtendWith(VertxExtension.class)
class SeedFailoverTest {

  private static final ChatRequest REQUEST = ChatRequest.of("gpt-4o", "hi");

  private final Mock primary =
      Mock.named("primary").models("gpt-4o").respond(ChatResponse.of("hello from primary"));
  private final Mock fallback =
      Mock.named("fallback").models("gpt-4o").respond(ChatResponse.of("hello from fallback"));
  private Vertx vertx;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void with_failover_no_caller_sees_the_primary_fail_and_its_circuit_opens_after_two() {
    BlockingInferMux infermux = create(FailoverOptions.defaults()).blocking();
    for (int i = 0; i < 2; i++) {
      assertThat(infermux.chat(REQUEST).content()).isEqualTo("hello from primary");
    }

    primary.fail(new IOException("connection refused"));
    for (int i = 0; i < 4; i++) {
      ChatResponse answer = infermux.chat(REQUEST);
      assertThat(answer.content()).isEqualTo("hello from fallback");
      assertThat(answer.meta().attempts()).isEqualTo(i < 2 ? 2 : 1);
    }

    assertThat(primary.requests()).hasSize(4);
    assertThat(primary.requests().get(0).model()).isEqualTo("gpt-4o");
  }

  @Test
  void without_failover_the_first_two_failures_surface() {
    InferMux infermux = create(FailoverOptions.defaults().withEnabled(false));
    primary.fail(new IOException("connection refused"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> infermux.chat(REQUEST).await())
          .isInstanceOf(InferenceException.class);
    }

    assertThat(infermux.chat(REQUEST).await().meta().provider()).isEqualTo("fallback");
    assertThat(infermux.circuitStates().get("primary")).hasToString("open");
    primary.respond(ChatResponse.of("well again"));
    infermux.closeCircuit("primary");
    assertThat(infermux.chat(REQUEST).await().content()).isEqualTo("well again");
  }

  @Test
  void values_of_a_test_are_what_its_program_gets() {
    InferMux infermux = create(FailoverOptions.defaults().withEnabled(false));
    ChatRequest withTool =
        REQUEST.withTools(new ChatRequest.Tool("now", "", Map.of("type", "object")));

    primary.respond(
        ChatResponse.of(
                Message.assistant(List.of(new Message.ToolCall("c1", "now", "{\"zone\":\"UTC\"}"))),
                "tool_calls")
            .withUsage(11, 22));
    ChatResponse calls = infermux.chat(withTool).await();
    primary.respond(EmbeddingResponse.of(new float[] {0.5f, 0.25f}));
    EmbeddingResponse vectors = infermux.embed(EmbeddingRequest.of("gpt-4o", "a")).await();
    primary.fail(
        new InferenceException(
            new Failure.UpstreamError(FailureClass.RATE_LIMITED, 429, "slow down", null)));

    assertThat(calls.message().toolCalls().get(0).name()).isEqualTo("now");
    assertThat(calls.message().toolCalls().get(0).arguments()).isEqualTo("{\"zone\":\"UTC\"}");
    assertThat(calls.meta().promptTokens()).isEqualTo(11);
    assertThat(calls.meta().completionTokens()).isEqualTo(22);
    assertThat(vectors.data().get(0).embedding()).containsExactly(0.5f, 0.25f);
    assertThatThrownBy(() -> infermux.chat(REQUEST).await())
        .isInstanceOfSatisfying(
            InferenceException.class, e -> assertThat(e.failure().status()).isEqualTo(429));
  }

  private InferMux create(FailoverOptions failover) {
    Config config =
        Config.defaults()
            .withCircuit(CircuitOptions.defaults().withConsecutiveFailures(2))
            .withRouting(
                RoutingOptions.defaults()
                    .withStrategy(RoutingStrategy.PRIORITY)
                    .withRetry(RetryOptions.defaults().withAttempts(0))
                    .withFailover(failover));
    return InferMux.create(vertx, config, InferMuxOptions.defaults().withMocks(primary, fallback))
        .await();
  }
}
