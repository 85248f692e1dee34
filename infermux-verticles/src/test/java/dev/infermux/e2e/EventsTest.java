package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class EventsTest {

  private Gateway gateway;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
    events = new BusEvents(gateway.vertx());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void whole_answer_is_one_request_and_one_cost() {
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));

    JsonObject request = events.inferences(1).get(0);
    assertThat(request.getString("event")).isEqualTo("event.inference_request");
    assertThat(request.getString("request_id")).isEqualTo(answer.header("X-Infermux-Request-Id"));
    assertThat(request.getString("operation")).isEqualTo("chat");
    assertThat(request.getString("requested_model")).isEqualTo(Gateway.MODEL);
    assertThat(request.getString("provider")).isEqualTo("upstream");
    assertThat(request.getBoolean("stream")).isFalse();
    assertThat(request.getString("status")).isEqualTo("ok");
    assertThat(request.getInteger("http_status")).isEqualTo(200);
    assertThat(request.getString("finish_reason")).isEqualTo("stop");
    assertThat(request.getJsonArray("attempts")).hasSize(1);
    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getString("event")).isEqualTo("event.provider_cost");
    assertThat(cost.getString("request_id")).isEqualTo(request.getString("request_id"));
    assertThat(cost.getLong("tokens_in")).isEqualTo(19);
    assertThat(cost.getLong("tokens_out")).isEqualTo(10);
    assertThat(cost.getBoolean("estimated")).isFalse();
    assertThat(cost.getDouble("cost_usd")).isEqualTo(0.00000885);
    assertThat(cost.getDouble("input_usd_per_million")).isEqualTo(0.15);
    assertThat(cost.getDouble("output_usd_per_million")).isEqualTo(0.6);
  }

  @Test
  void stream_is_one_request_and_one_cost_with_the_time_to_its_first_token() {
    gateway.upstream().next(Texts.streamAnswer());

    gateway.post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));

    JsonObject request = events.inferences(1).get(0);
    assertThat(request.getBoolean("stream")).isTrue();
    assertThat(request.getString("status")).isEqualTo("ok");
    assertThat(request.getLong("ttft_ms")).isBetween(0L, request.getLong("latency_ms"));
    assertThat(events.costs(1).get(0).getDouble("cost_usd")).isEqualTo(0.00000885);
  }

  @Test
  void failure_is_one_request_without_a_cost() {
    gateway.upstream().next(MockAnswer.json(500, "{}"), MockAnswer.json(Texts.CHAT_ANSWER));

    gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "fails"));
    gateway.post("/v1/chat/completions", Texts.chat("nope", "fails"));
    gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "works"));

    var requests = events.inferences(3);
    assertThat(requests)
        .extracting(request -> request.getString("error_code"))
        .containsExactly("upstream_error", "model_not_found", null);
    assertThat(requests)
        .extracting(request -> request.getInteger("http_status"))
        .containsExactly(502, 404, 200);
    assertThat(requests.get(0).getJsonArray("attempts").getJsonObject(0).getString("error_kind"))
        .isEqualTo("server_error");
    assertThat(events.costs(1)).hasSize(1);
  }

  @Test
  void malformed_chunk_is_left_out_and_counted_and_the_stream_goes_on() {
    gateway
        .upstream()
        .next(
            MockAnswer.events(
                Texts.role(), Texts.delta("Hello"), "{\"id\":", Texts.finish(), "[DONE]"));

    WireAnswer answer =
        gateway.post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "malformed"));

    assertThat(answer.body()).contains("Hello").endsWith("data: [DONE]\n\n");
    JsonObject attempt = events.inferences(1).get(0).getJsonArray("attempts").getJsonObject(0);
    assertThat(attempt.getInteger("dropped_chunks")).isEqualTo(1);
    assertThat(gateway.get("/_infermux/metrics").body())
        .contains("infermux_malformed_chunks_total{provider=\"upstream\"} 1.0");
  }

  @Test
  void events_hold_neither_messages_nor_keys() {
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER), MockAnswer.json(400, "{}"));
    String chat = Texts.chat(Gateway.MODEL, "a-secret-message");

    gateway.post("/v1/chat/completions", chat, "Authorization: Bearer sk-secret");
    gateway.post("/v1/chat/completions", chat, "Authorization: Bearer sk-secret");

    assertThat(events.inferences(2).toString() + events.costs(1))
        .doesNotContain("a-secret-message")
        .doesNotContain("sk-secret")
        .doesNotContain("Hello there");
  }
}
