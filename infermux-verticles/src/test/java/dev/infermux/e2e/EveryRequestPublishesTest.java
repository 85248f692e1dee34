package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.CallOptions;
import dev.infermux.InferMux;
import dev.infermux.bus.BusAddresses;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.http.LimitsOptions;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Secret;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeWriter;
import dev.infermux.mist.InferRequest;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Each request for inference is published, counted, kept and logged once, however it ends. */
@ExtendWith(VertxExtension.class)
class EveryRequestPublishesTest {

  private static final String KEY = "Authorization: Bearer the-key";
  private static final int MOST_BYTES = 4_096;
  private static final String LONG = "x".repeat(MOST_BYTES);
  private static final String NO_JSON = "{\"model\":";

  /** Path, operation, and a body that the API serves for model NAME. */
  static final List<Arguments> HTTP =
      List.of(
          Arguments.of("/v1/chat/completions", "chat", Texts.chat("NAME", "Hi")),
          Arguments.of(
              "/v1/completions", "text_completion", "{\"model\":\"NAME\",\"prompt\":\"Hi\"}"),
          Arguments.of("/v1/embeddings", "embeddings", "{\"model\":\"NAME\",\"input\":\"Hi\"}"),
          Arguments.of("/v1/responses", "chat", "{\"model\":\"NAME\",\"input\":\"Hi\"}"),
          Arguments.of(
              "/v1/messages", "chat", "{\"max_tokens\":9," + Texts.chat("NAME", "Hi").substring(1)),
          Arguments.of("/v1/messages/count_tokens", "count_tokens", Texts.chat("NAME", "Hi")),
          Arguments.of("/v1/images/generations", "images", "{\"model\":\"NAME\",\"prompt\":\"a\"}"),
          Arguments.of("/api/chat", "chat", Texts.chat("NAME", "Hi")),
          Arguments.of("/api/generate", "text_completion", "{\"model\":\"NAME\",\"prompt\":\"a\"}"),
          Arguments.of("/infer", "chat", Texts.chat("NAME", "Hi")),
          Arguments.of("/mist", "chat", envelope(Texts.chat("NAME", "Hi"))));

  private static final InferRequest FINE =
      InferRequest.of(Gateway.MODEL, List.of(ChatMessage.of("user", "Hi")));

  private static Gateway gateway;
  private static BusEvents events;
  private static final List<String> RECORDED = new CopyOnWriteArrayList<>();
  private int before;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withHttp(
                        Gateway.localHttp()
                            .withAuth(
                                AuthOptions.defaults()
                                    .withMode(AuthMode.STATIC_KEY)
                                    .withKey(Secret.of("the-key")))
                            .withLimits(LimitsOptions.defaults().withMaxBodyBytes(MOST_BYTES)))
                    .withBudgets(broke())
                    .withProvider(Gateway.provider(upstream)));
    events = new BusEvents(vertx);
    gateway.inferMux().onRequest(record -> RECORDED.add(record.call().requestId()));
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @BeforeEach
  void mark() {
    before = events.inferences(0).size();
    RECORDED.clear();
  }

  @ParameterizedTest
  @FieldSource("HTTP")
  void refusal_over_http_is_published_once(String path, String operation, String body) {
    List<WireAnswer> refused = new ArrayList<>();
    refused.add(gateway.post(path, named(body, "gpt-4o")));
    refused.add(gateway.post(path, NO_JSON, KEY));
    refused.add(gateway.post(path, LONG + LONG, KEY));
    refused.add(gateway.post(path, body, KEY, "Content-Encoding: gzip"));
    refused.add(gateway.post(path, body, KEY, "X-Infermux-Caller: " + LONG.substring(0, 300)));
    refused.add(gateway.post(path, named(body, "nobody-has-it"), KEY));

    List<JsonObject> published = published(refused.size());
    assertThat(refused)
        .extracting(WireAnswer::status)
        .containsExactly(401, 400, 413, 415, 400, 404);
    assertThat(published)
        .extracting(EveryRequestPublishesTest::told)
        .containsExactlyInAnyOrderElementsOf(
            refused.stream().map(EveryRequestPublishesTest::told).toList());
    assertThat(published)
        .allSatisfy(
            event -> {
              assertThat(event.getString("operation")).isEqualTo(operation);
              assertThat(event.getString("ingress")).isEqualTo("http");
              assertThat(event.getString("status")).isEqualTo("error");
              assertThat(event.getJsonArray("attempts")).isEmpty();
              assertThat(event.getInteger("tokens_in")).isZero();
              assertThat(event.getInteger("tokens_out")).isZero();
              assertThat(event.getDouble("cost_usd")).isZero();
              assertThat(event.getLong("latency_ms")).isNotNegative();
              assertThat(event.getLong("started_ns")).isPositive();
            });
  }

  @ParameterizedTest
  @FieldSource("HTTP")
  void wrong_method_and_wrong_time_limit_are_published_once(
      String path, String operation, String body) {
    try (Wire wire = gateway.connect()) {
      assertThat(wire.request("PUT", path, "", KEY).read().status()).isEqualTo(405);
    }
    int status =
        gateway.post(path, named(body, "gpt-4o"), KEY, "X-Infermux-Timeout-Ms: x").status();

    assertThat(status).isEqualTo(400);
    assertThat(published(2))
        .extracting(event -> event.getInteger("http_status"))
        .containsExactlyInAnyOrder(405, 400);
  }

  @Test
  void budget_that_is_used_up_is_published_once() {
    WireAnswer refused =
        gateway.post(
            "/v1/chat/completions",
            Texts.chat("gpt-4o", "Hi"),
            KEY,
            "X-Infermux-Caller: broke",
            "X-Infermux-Project: p");

    JsonObject event = published(1).get(0);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(event.getString("error_code")).isEqualTo("budget_exceeded");
    assertThat(event.getString("caller")).isEqualTo("broke");
    assertThat(event.getString("project")).isEqualTo("p");
    assertThat(event.getString("requested_model")).isEqualTo("gpt-4o");
  }

  @Test
  void overload_is_published_once() {
    Vertx own = Vertx.vertx();
    BusEvents heard = new BusEvents(own);
    try (Gateway full =
        Gateway.start(own, http -> http.withLimits(LimitsOptions.defaults().withMaxInFlight(1)))) {
      full.upstream().next(MockAnswer.silence());
      Cancellation leaving = new Cancellation();
      full.inferMux().infer(FINE, CallOptions.defaults().withCancellation(leaving));
      await().until(() -> !full.upstream().requests().isEmpty());
      WireAnswer refused = full.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));
      full.post("/v1/chat/completions", NO_JSON);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(heard.inferences(2))
          .extracting(event -> event.getInteger("http_status"))
          .containsExactlyInAnyOrder(503, 400);
      leaving.cancel();
      assertThat(heard.inferences(3).get(2).getString("status")).isEqualTo("cancelled");
    } finally {
      own.close().await();
    }
  }

  @Test
  void caller_who_leaves_within_the_body_is_published_as_cancelled() {
    try (Wire wire = gateway.connect()) {
      wire.send(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n"
              + KEY
              + "\r\nContent-Length: 100\r\n\r\n{\"mod");
    }

    JsonObject event = published(1).get(0);
    assertThat(event.getString("status")).isEqualTo("cancelled");
    assertThat(event.getInteger("http_status")).isEqualTo(499);
  }

  @Test
  void refusal_over_the_bus_is_published_once(Vertx vertx) {
    for (String payload :
        List.of(NO_JSON + "7}", "{\"messages\":7}", Texts.chat("nobody-has-it", "Hi"))) {
      ask(vertx, MistType.INFER_REQUEST, payload);
    }
    ask(vertx, MistType.EVAL_RUN, "{}");

    assertThat(published(4))
        .allSatisfy(event -> assertThat(event.getString("ingress")).isEqualTo("bus"))
        .extracting(event -> event.getInteger("http_status"))
        .containsExactlyInAnyOrder(400, 400, 404, 400);
  }

  @Test
  void refusal_in_the_program_is_published_once() {
    InferMux library = gateway.inferMux();
    CallOptions mine = CallOptions.defaults().withAttribution(new Attribution("batch", "", ""));

    assertThatThrownBy(() -> library.infer(InferRequest.of("gpt-4o", List.of()), mine).await());
    assertThatThrownBy(() -> library.chat(null).await());
    assertThatThrownBy(() -> library.infer(FINE, mine.withRequestId("\n")).await());
    assertThatThrownBy(
        () -> library.infer(InferRequest.of("nobody-has-it", FINE.messages()), mine).await());

    List<JsonObject> published = published(4);
    assertThat(published)
        .allSatisfy(event -> assertThat(event.getString("ingress")).isEqualTo("library"))
        .extracting(event -> event.getInteger("http_status"))
        .containsExactlyInAnyOrder(400, 400, 400, 404);
    assertThat(published)
        .extracting(event -> event.getString("caller"))
        .containsExactlyInAnyOrder("batch", "anonymous", "batch", "batch");
  }

  @Test
  void what_asks_for_no_inference_is_not_published() {
    gateway.get("/v1/models");
    gateway.get("/v1/models", KEY);
    gateway.get("/nothing/here", KEY);
    gateway.post("/api/show", "{}");
    gateway.post("/mist", envelope(MistType.HEALTH_PING, "{\"from\":\"t\"}"), KEY);
    gateway.post("/v1/chat/completions", "", KEY);

    assertThat(published(1)).extracting(event -> event.getString("error_code")).hasSize(1);
  }

  @Test
  void refusals_are_counted_without_series_of_their_own_and_kept() {
    for (int i = 0; i < 20; i++) {
      gateway.post("/v1/chat/completions", Texts.chat("junk-" + i, "Hi"), KEY);
      gateway.post("/v1/chat/completions", Texts.chat("junk-" + i, "Hi"));
    }
    List<JsonObject> published = published(40);

    String metrics = gateway.get("/_infermux/metrics").body();
    String id = published.get(39).getString("request_id");
    String kept = gateway.get("/_infermux/requests/" + id).body();

    assertThat(metrics).doesNotContain("junk-").contains("code=\"invalid_api_key\"");
    assertThat(metrics.lines().filter(line -> line.startsWith("infermux_requests_total{")))
        .anySatisfy(line -> assertThat(line).contains("provider=\"_none\"").contains("error"));
    assertThat(new JsonObject(kept).getString("error_code")).isEqualTo("invalid_api_key");
  }

  /** The events since the test began; fails when there are more than these. */
  private List<JsonObject> published(int count) {
    List<JsonObject> all = events.inferences(before + count);
    // A last request of which the event is certain: no event of an earlier one comes after it.
    gateway.post("/v1/chat/completions", NO_JSON, KEY, "X-Infermux-Request-Id: the-last");
    List<JsonObject> more = events.inferences(all.size() + 1);
    List<JsonObject> since = more.subList(before, more.size());
    assertThat(since).hasSize(count + 1);
    assertThat(since.get(count).getString("request_id")).isEqualTo("the-last");
    // Listeners of the program are told on another thread.
    await().until(() -> RECORDED.size() > count);
    assertThat(RECORDED).hasSize(count + 1);
    return since.subList(0, count);
  }

  private static String told(JsonObject event) {
    return event.getString("request_id")
        + " "
        + event.getInteger("http_status")
        + " "
        + event.getString("error_code");
  }

  private static String told(WireAnswer answer) {
    return answer.header("X-Infermux-Request-Id")
        + " "
        + answer.status()
        + " "
        + answer.header("X-Infermux-Error");
  }

  private static BudgetOptions broke() {
    return BudgetOptions.defaults()
        .withCallers(
            List.of(
                new CallerBudget(
                    "broke", new BigDecimal("0.000000001"), BudgetAction.HARD_STOP, null)));
  }

  private static void ask(Vertx vertx, String type, String payload) {
    byte[] json = payload.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
        () ->
            vertx
                .eventBus()
                .request(BusAddresses.INFER, Envelope.of("t", type, new RawPayload(json)))
                .await());
  }

  private static String named(String body, String model) {
    return body.contains("checksum")
        ? envelope(Texts.chat(model, "Hi"))
        : body.replace("NAME", model);
  }

  private static String envelope(String payload) {
    return envelope(MistType.INFER_REQUEST, payload);
  }

  private static String envelope(String type, String payload) {
    Envelope envelope =
        Envelope.of("t", type, new RawPayload(payload.getBytes(StandardCharsets.UTF_8)));
    return new String(EnvelopeWriter.write(envelope), StandardCharsets.UTF_8);
  }
}
