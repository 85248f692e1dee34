package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.bus.BusAddresses;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.events.EventAddresses;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others put on the bus throws, or the bus itself: calls end, and nothing of them is left. */
@ExtendWith(VertxExtension.class)
final class ErrorsAtTheEdgesTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String PLAIN = Texts.chat(Gateway.MODEL, "Hi");
  private static final List<String> ZERO =
      HeldSeries.of("upstream").stream().map(series -> series + " 0.0").toList();

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withBudgets(budgets()).withProvider(Gateway.provider(upstream)));
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
  }

  private static BudgetOptions budgets() {
    return BudgetOptions.defaults()
        .withCallers(
            List.of(
                new CallerBudget(
                    "anonymous", new BigDecimal("1000"), BudgetAction.HARD_STOP, null)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void subscribers_that_throw(Vertx vertx) {
    for (String address :
        List.of(EventAddresses.INFERENCE, EventAddresses.COST, EventAddresses.BUDGET)) {
      vertx
          .eventBus()
          .consumer(
              address,
              message -> {
                throw new OutOfMemoryError("Java heap space");
              });
    }
    gateway
        .inferMux()
        .onRequest(
            record -> {
              throw new AssertionError("cannot happen");
            });

    for (int i = 0; i < 20; i++) {
      assertThat(gateway.post(PATH, PLAIN).status()).isEqualTo(200);
    }
    nothingIsLeft();
  }

  @Test
  void codec_that_is_gone_while_a_whole_answer_is_on_its_way(Vertx vertx) {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).after(gate));
    try (Wire wire = gateway.connect().request("POST", PATH, PLAIN)) {
      asked(1);
      withoutCodec(vertx, () -> gate.complete(null), wire);
    }
  }

  @Test
  void codec_that_is_gone_while_a_stream_is_on_its_way(Vertx vertx) {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway
        .upstream()
        .next(MockAnswer.events(Texts.role(), Texts.delta("Hi")).thenSilence().after(gate));
    try (Wire wire = gateway.connect().request("POST", PATH, Texts.stream(Gateway.MODEL, "Hi"))) {
      asked(1);
      withoutCodec(vertx, () -> gate.complete(null), wire);
    }
    await().until(gateway.upstream().requests().get(0)::abandoned);
  }

  private void withoutCodec(Vertx vertx, Runnable answer, Wire wire) {
    EnvelopeCodec.unregister(vertx);
    answer.run();

    assertThat(wire.read().status()).isEqualTo(500);
    EnvelopeCodec.register(vertx);
    assertThat(gateway.post(PATH, PLAIN).status()).isEqualTo(200);
    nothingIsLeft();
  }

  @Test
  void codec_that_is_gone_before_a_request_over_the_bus_is_answered(Vertx vertx) {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).after(gate));
    Future<Message<Envelope>> reply =
        vertx
            .eventBus()
            .request(
                BusAddresses.INFER,
                Envelope.of(
                    "test",
                    MistType.INFER_REQUEST,
                    new RawPayload(PLAIN.getBytes(StandardCharsets.UTF_8))));
    asked(1);
    vertx.eventBus().unregisterDefaultCodec(Envelope.class);
    gate.complete(null);

    await().atMost(Duration.ofSeconds(20)).until(reply::isComplete);

    assertThat(reply.failed()).isTrue();
    EnvelopeCodec.register(vertx);
    nothingIsLeft();
  }

  private void asked(int requests) {
    await().until(() -> gateway.upstream().requests().size() == requests);
  }

  private void nothingIsLeft() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(gateway.get("/_infermux/metrics").body()).contains(ZERO));
  }
}
