package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.config.Config;
import dev.infermux.inference.InferenceException;
import dev.infermux.mock.Mock;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import io.vertx.core.Vertx;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a program that embeds InferMux tests without any model API. */
class EmbeddingTest {

  private static final ChatRequest REQUEST = ChatRequest.of("gpt-4o", "hi");

  private final Vertx vertx = Vertx.vertx();
  private final Mock primary =
      Mock.named("primary").models("gpt-4o").respond(ChatResponse.of("hello from primary"));
  private final Mock fallback =
      Mock.named("fallback").models("gpt-4o").respond(ChatResponse.of("hello from fallback"));

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void with_failover_no_caller_sees_the_primary_fail() {
    var infermux = create(FailoverOptions.defaults());
    for (int i = 0; i < 2; i++) {
      assertEquals("hello from primary", infermux.blocking().chat(REQUEST).content());
    }

    primary.fail(new IOException("connection refused"));
    for (int i = 0; i < 4; i++) {
      ChatResponse answer = infermux.blocking().chat(REQUEST);
      assertEquals("fallback", answer.meta().provider());
    }

    // After two failures in a row its circuit is open, and it is no longer tried.
    assertEquals("open", infermux.circuitStates().get("primary").toString());
    assertEquals(4, primary.requests().size());
    assertEquals("gpt-4o", primary.requests().get(0).model());
  }

  @Test
  void without_failover_the_first_failures_surface() {
    var blocking = create(FailoverOptions.defaults().withEnabled(false)).blocking();
    primary.fail(new IOException("connection refused"));

    assertThrows(InferenceException.class, () -> blocking.chat(REQUEST));
    assertThrows(InferenceException.class, () -> blocking.chat(REQUEST));
    assertEquals("fallback", blocking.chat(REQUEST).meta().provider());
  }

  @Test
  void provider_of_the_programs_own_serves() {
    var options = InferMuxOptions.defaults().withProviders(new OwnProvider());
    var infermux = InferMux.create(vertx, Config.defaults(), options).await();

    var answer = infermux.blocking().chat(ChatRequest.of("shout-1", "hello"));

    assertEquals("HELLO", answer.content());
    assertEquals("shouting", answer.meta().provider());
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
