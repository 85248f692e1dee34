package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.testing.OtlpReceiver;
import dev.infermux.tokentrace.testing.ReceivedSpan;
import dev.infermux.tokentrace.testing.TokenTraceStandIn;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TraceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  private OtlpReceiver otlp;
  private TokenTraceStandIn tokenTrace;
  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    otlp = OtlpReceiver.start(vertx);
    tokenTrace = TokenTraceStandIn.start(vertx);
    TelemetryOptions telemetry =
        TelemetryOptions.defaults()
            .withOtlp(Otlp.at(otlp.endpoint(), Protocol.HTTP_PROTOBUF))
            .withTokentrace(TokenTrace.at(tokenTrace.url()).withAttempts(true));
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withTelemetry(telemetry).withProvider(Gateway.provider(upstream)));
  }

  @AfterEach
  void close() {
    gateway.close();
    otlp.close();
    tokenTrace.close();
  }

  @Test
  void trace_goes_through_from_the_caller_to_the_provider() {
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    gateway.post(
        "/v1/chat/completions",
        Texts.chat(Gateway.MODEL, "Hi"),
        "traceparent: 00-" + TRACE + "-" + PARENT + "-01",
        "X-Infermux-Caller: team-a");
    await().until(() -> otlp.spans().size() == 3);

    ReceivedSpan server = otlp.span("POST /v1/chat/completions");
    ReceivedSpan routing = otlp.span("infermux.infer");
    ReceivedSpan attempt =
        otlp.spans().stream()
            .filter(span -> span.span().getKind() == SpanKind.SPAN_KIND_CLIENT)
            .findFirst()
            .orElseThrow();
    assertThat(otlp.spans()).allMatch(span -> span.traceId().equals(TRACE));
    assertThat(server.parentId()).isEqualTo(PARENT);
    assertThat(routing.parentId()).isEqualTo(server.spanId());
    assertThat(attempt.parentId()).isEqualTo(routing.spanId());
    assertThat(gateway.upstream().lastRequest().headers().get("traceparent"))
        .isEqualTo("00-" + TRACE + "-" + attempt.spanId() + "-01");
    assertThat(server.attributes()).containsEntry("http.response.status_code", 200L);
    assertThat(attempt.attributes()).containsEntry("gen_ai.request.model", Gateway.MODEL);
  }

  @Test
  void tokentrace_counts_the_tokens_and_the_cost_once() {
    gateway.upstream().next(Texts.streamAnswer());

    gateway.post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));
    await().until(() -> tokenTrace.spans().stream().anyMatch(TraceTest::isRouting));

    JsonObject routing =
        tokenTrace.spans().stream().filter(TraceTest::isRouting).findFirst().orElseThrow();
    JsonObject attributes = routing.getJsonObject("attrs");
    assertThat(routing.getString("status")).isEqualTo("ok");
    assertThat(attributes.getLong("tokens_in")).isEqualTo(19);
    assertThat(attributes.getLong("tokens_out")).isEqualTo(10);
    assertThat(attributes.getDouble("cost_usd")).isEqualTo(0.00000885);
    assertThat(attributes.getString("provider")).isEqualTo("upstream");
    assertThat(attributes.getString("finish_reason")).isEqualTo("stop");
    assertThat(tokenTrace.spans())
        .filteredOn(span -> span.getJsonObject("attrs").containsKey("tokens_in"))
        .hasSize(1);
    assertThat(tokenTrace.refusals()).isEmpty();
  }

  @Test
  void a_request_that_is_refused_before_the_router_has_its_spans() {
    BusEvents events = new BusEvents(gateway.vertx());

    gateway.post("/v1/chat/completions", "{", "traceparent: 00-" + TRACE + "-" + PARENT + "-01");
    await().until(() -> otlp.spans().size() == 2);

    ReceivedSpan server = otlp.span("POST /v1/chat/completions");
    ReceivedSpan routing = otlp.span("infermux.infer");
    assertThat(server.traceId()).isEqualTo(TRACE);
    assertThat(server.parentId()).isEqualTo(PARENT);
    assertThat(server.attributes()).containsEntry("http.response.status_code", 400L);
    assertThat(routing.parentId()).isEqualTo(server.spanId());
    assertThat(routing.attributes()).containsEntry("error.type", "invalid_request");
    assertThat(events.inferences(1).get(0).getString("trace_id")).isEqualTo(TRACE);
  }

  @Test
  void malformed_traceparent_starts_a_trace_of_its_own() {
    gateway.post(
        "/v1/chat/completions", Texts.chat("echo-v1", "Hi"), "traceparent: 00-zz-" + PARENT);
    await().until(() -> otlp.spans().size() == 3);

    ReceivedSpan server = otlp.span("POST /v1/chat/completions");
    assertThat(server.parentId()).isEmpty();
    assertThat(server.traceId()).matches("[0-9a-f]{32}");
  }

  private static boolean isRouting(JsonObject span) {
    return span.getString("operation").equals("infermux.infer");
  }
}
