package dev.infermux.e2e;

import static dev.infermux.e2e.kit.Budgeted.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.InferMux;
import dev.infermux.config.Config;
import dev.infermux.e2e.kit.Budgeted;
import dev.infermux.e2e.kit.BusTap;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferError;
import dev.infermux.mist.MistType;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every hop inside the process is an envelope with a message type of its own, replies included. */
@ExtendWith(VertxExtension.class)
final class BusHopsTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String CALLER = "X-Infermux-Caller: team-a";

  private @Nullable Gateway gateway;

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void budgeted_call_is_seen_at_every_hop(Vertx vertx) {
    Gateway open = start(vertx, "1");
    open.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    try (BusTap tap = BusTap.on(vertx)) {
      assertThat(open.post(PATH, chat(100), CALLER).status()).isEqualTo(200);
      await().until(() -> tap.hops().contains(MistType.BUDGET_UPDATE));

      assertThat(tap.hops())
          .containsOnlyOnce(MistType.BUDGET_UPDATE)
          .filteredOn(type -> !type.equals(MistType.BUDGET_UPDATE))
          .containsExactly(
              MistType.INFER_CALL,
              MistType.BUDGET_RESERVE,
              MistType.BUDGET_RESERVED,
              MistType.PROVIDER_ATTEMPT,
              MistType.PROVIDER_ANSWER,
              MistType.INFER_ANSWER);
    }
  }

  @Test
  void failed_call_is_answered_with_infer_error_at_each_hop(Vertx vertx) {
    Gateway open = start(vertx, "1");
    open.upstream().next(MockAnswer.json(500, "{\"error\":{\"message\":\"boom\"}}"));

    try (BusTap tap = BusTap.on(vertx)) {
      assertThat(open.post(PATH, chat(100), CALLER).status()).isEqualTo(502);
      await().until(() -> tap.hops().contains(MistType.BUDGET_UPDATE));

      assertThat(tap.hops())
          .filteredOn(type -> !type.equals(MistType.BUDGET_UPDATE))
          .containsExactly(
              MistType.INFER_CALL,
              MistType.BUDGET_RESERVE,
              MistType.BUDGET_RESERVED,
              MistType.PROVIDER_ATTEMPT,
              MistType.INFER_ERROR,
              MistType.INFER_ERROR);
      assertThat(failures(tap)).containsExactly("upstream_error", "upstream_error");
    }
  }

  @Test
  void refused_call_is_answered_with_infer_error(Vertx vertx) {
    Gateway open = start(vertx, "0");

    try (BusTap tap = BusTap.on(vertx)) {
      assertThat(open.post(PATH, chat(100), CALLER).status()).isEqualTo(429);

      assertThat(tap.hops())
          .containsExactly(
              MistType.INFER_CALL,
              MistType.BUDGET_RESERVE,
              MistType.BUDGET_RESERVED,
              MistType.INFER_ERROR);
      assertThat(failures(tap)).containsExactly("budget_exceeded");
    }
  }

  @Test
  void operators_questions_are_seen_too(Vertx vertx) {
    Gateway open = start(vertx, "1");

    try (BusTap tap = BusTap.on(vertx)) {
      open.post("/_infermux/route/explain", chat(100), CALLER);
      open.get("/_infermux/costs/by-caller");

      assertThat(tap.hops())
          .containsExactly(
              MistType.BUDGET_PREVIEW,
              MistType.BUDGET_PREVIEWED,
              MistType.BUDGET_REPORT,
              MistType.BUDGET_REPORTED,
              MistType.BUDGET_INSPECT,
              MistType.BUDGET_INSPECTED);
    }
  }

  @Test
  void health_check_and_its_reply_are_seen(Vertx vertx) {
    try (BusTap tap = BusTap.on(vertx)) {
      InferMux inferMux = InferMux.create(vertx, Config.echo()).await();
      inferMux.close().await();

      assertThat(tap.hops()).containsExactly(MistType.HEALTH_CHECK, MistType.HEALTH_CHECKED);
    }
  }

  private static List<String> failures(BusTap tap) {
    return tap.messages().stream()
        .map(message -> (Envelope) message.body())
        .filter(envelope -> envelope.type().equals(MistType.INFER_ERROR))
        .map(envelope -> envelope.payloadAs(InferError.class).code())
        .toList();
  }

  private Gateway start(Vertx vertx, String usd) {
    Gateway open = Budgeted.start(vertx, usd, BudgetAction.HARD_STOP, null);
    gateway = open;
    return open;
  }
}
