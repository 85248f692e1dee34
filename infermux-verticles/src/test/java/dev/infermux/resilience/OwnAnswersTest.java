package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.spi.ChatProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is made inside the process has its room before the call counts as answered. */
@ExtendWith(VertxExtension.class)
final class OwnAnswersTest {

  private static final int MB = 1 << 20;
  private static final String CHAT = "/v1/chat/completions";

  private Gateway gateway;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    events = new BusEvents(vertx);
    gateway = Gateway.withRoomFor(vertx, 4L * MB);
    gateway.inferMux().addProvider(new Wordy()).await();
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAT, "/v1/messages", "/v1/responses", "/infer"})
  void one_without_room_is_a_failure_in_the_record_too_and_is_charged(String path) {
    String chat = Texts.chat("6", "Hi");
    WireAnswer answer =
        gateway.post(
            path,
            switch (path) {
              case "/v1/messages" -> "{\"max_tokens\":50," + chat.substring(1);
              case "/v1/responses" -> "{\"model\":\"6\",\"input\":\"Hi\"}";
              default -> chat;
            });

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("limits.max_buffered_bytes");
    JsonObject request = events.inferences(1).get(0);
    assertThat(request.getString("status")).isEqualTo("error");
    assertThat(request.getString("error_code")).isEqualTo("overloaded");
    JsonObject attempt = request.getJsonArray("attempts").getJsonObject(0);
    assertThat(attempt.getString("error_kind")).isEqualTo("local_shortage");
    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getLong("tokens_in")).isPositive();
    assertThat(cost.getLong("tokens_out")).isGreaterThanOrEqualTo(20);
    nothingIsHeld();
  }

  @Test
  void one_with_room_is_counted_until_its_caller_has_it() {
    for (int i = 0; i < 3; i++) {
      assertThat(gateway.post(CHAT, Texts.chat("2", "Hi")).body()).hasSizeGreaterThan(2 * MB);
    }

    nothingIsHeld();
    assertThat(events.inferences(3))
        .extracting(request -> request.getString("status"))
        .containsOnly("ok");
  }

  private void nothingIsHeld() {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        Stream.of("requests", "answers", "streams", "unsent")
                            .mapToLong(gateway::buffered)
                            .sum())
                    .isZero());
  }

  /** Answers with as many megabytes as its model's name says. */
  private static final class Wordy implements ChatProvider {

    @Override
    public String name() {
      return "wordy";
    }

    @Override
    public List<String> models() {
      return List.of("2", "6");
    }

    @Override
    public Future<ChatResponse> chat(ChatRequest request, ProviderCall call) {
      String text = "x".repeat(Integer.parseInt(request.model()) * MB);
      return Future.succeededFuture(ChatResponse.of(text).withUsage(10, 20));
    }
  }
}
