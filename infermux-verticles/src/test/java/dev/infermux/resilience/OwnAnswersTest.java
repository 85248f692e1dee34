package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeWriter;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.spi.ChatProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Seven eighths of the room, which a large answer may fill. */
  private static final int FITS_BARELY = 4 * MB / 8 * 7;

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

  /** Some are small enough as their provider made them, and too large in MIST's form. */
  @ParameterizedTest
  @ValueSource(strings = {"/infer", "/mist"})
  void record_and_caller_agree_on_what_fits_by_a_few_bytes(String path) {
    StringBuilder seen = new StringBuilder();
    int calls = 0;
    for (int bytes : sizes().toArray()) {
      String chat = Texts.chat("bytes-" + bytes, "Hi");
      WireAnswer answer = gateway.post(path, path.equals("/mist") ? envelope(chat) : chat);
      String said = answer.status() == 200 ? "ok" : "error";
      seen.append(said);
      calls++;
      assertThat(events.inferences(calls).get(calls - 1).getString("status"))
          .as("%d bytes, answered %d", bytes, answer.status())
          .isEqualTo(said);
    }
    assertThat(seen.toString()).startsWith("ok").endsWith("error");
    nothingIsHeld();
  }

  private static IntStream sizes() {
    return IntStream.rangeClosed(1, 18).map(i -> FITS_BARELY - 9_500 + i * 500);
  }

  private static String envelope(String chat) {
    Payload payload = () -> chat.getBytes(UTF_8);
    Envelope envelope = Envelope.of(MistSource.INFERMUX, MistType.INFER_REQUEST, payload);
    return new String(EnvelopeWriter.write(envelope), UTF_8);
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
      return Stream.concat(Stream.of("2", "6"), sizes().mapToObj(bytes -> "bytes-" + bytes))
          .toList();
    }

    @Override
    public Future<ChatResponse> chat(ChatRequest request, ProviderCall call) {
      String model = request.model();
      int bytes =
          model.startsWith("bytes-")
              ? Integer.parseInt(model.substring("bytes-".length()))
              : Integer.parseInt(model) * MB;
      String text = "x".repeat(bytes);
      return Future.succeededFuture(ChatResponse.of(text).withUsage(10, 20));
    }
  }
}
