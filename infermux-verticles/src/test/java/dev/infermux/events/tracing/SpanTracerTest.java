package dev.infermux.events.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.infermux.events.Samples;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Origin;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.CallTrace;
import dev.infermux.inference.record.Outcome;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.tokentrace.span.Spans;
import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpanTracerTest {

  private static final String INCOMING = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static final Map<String, Peer> PEERS =
      Map.of(
          "openai", Peer.of("openai", URI.create("https://api.openai.com/v1")),
          "first", Peer.of("azure_openai", URI.create("http://localhost:9001/x")));

  private final RecordedSpans spans = new RecordedSpans();
  private final SpanTracer tracer =
      new SpanTracer(spans, PEERS::get, GenAi.V1_41, System::nanoTime);

  @Test
  void an_http_call_is_a_server_span_around_routing_around_its_attempts() {
    CallTrace trace = tracer.start(http(INCOMING));
    CallTrace.AttemptTrace first = trace.attempt("first");
    CallTrace.AttemptTrace second = trace.attempt("openai");

    trace.finished(Samples.traced(Samples.failedOver(), first, second));

    RecordedSpans.Recorded server = spans.named("POST /v1/chat/completions");
    RecordedSpans.Recorded infer = spans.named("infermux.infer");
    List<RecordedSpans.Recorded> attempts = spans.ended.subList(0, 2);
    assertThat(spans.ended)
        .extracting(RecordedSpans.Recorded::kind)
        .containsExactly(SpanKind.CLIENT, SpanKind.CLIENT, SpanKind.INTERNAL, SpanKind.SERVER);
    assertThat(trace.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(server.parentId()).isEqualTo("b7ad6b7169203331");
    assertThat(infer.parentId()).isEqualTo(server.context().spanId());
    assertThat(attempts)
        .extracting(RecordedSpans.Recorded::parentId)
        .containsOnly(infer.context().spanId());
    assertThat(attempts.get(0).context().spanId()).isEqualTo(first.spanId());
    assertThat(second.traceparent())
        .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-" + second.spanId() + "-01");
  }

  @Test
  void a_call_from_the_bus_has_no_server_span() {
    CallTrace trace = tracer.start(Samples.call("gpt-4o", false, Origin.LIBRARY));
    CallTrace.AttemptTrace attempt = trace.attempt("openai");

    trace.finished(Samples.traced(Samples.ok("openai", "gpt-4o"), attempt));

    assertThat(spans.ended)
        .extracting(RecordedSpans.Recorded::kind)
        .containsExactly(SpanKind.CLIENT, SpanKind.INTERNAL);
    assertThat(spans.named("infermux.infer").parentId()).isEmpty();
  }

  @Test
  void spans_last_as_long_as_what_they_stand_for() {
    Call call = http(null);
    SpanTracer steady =
        new SpanTracer(spans, PEERS::get, GenAi.V1_41, () -> call.startedNanos() + 1_000_000);
    CallTrace trace = steady.start(call);
    CallTrace.AttemptTrace attempt = trace.attempt("openai");

    trace.finished(Samples.traced(Samples.ok("openai", "gpt-4o"), attempt));

    assertThat(spans.named("infermux.infer").times())
        .containsExactly(Samples.START, Samples.START + 20_000_000);
    assertThat(spans.named("chat gpt-4o").times())
        .containsExactly(Samples.START + 1_000_000, Samples.START + 19_000_000);
  }

  @Test
  void the_address_is_the_one_that_was_called_whoever_bears_the_name_by_the_end() {
    Map<String, Peer> reached = new HashMap<>(PEERS);
    CallTrace trace =
        new SpanTracer(spans, reached::get, GenAi.V1_41, System::nanoTime).start(http(null));
    CallTrace.AttemptTrace attempt = trace.attempt("openai");
    reached.put("openai", Peer.of("openai", URI.create("http://localhost:9002/v1")));

    trace.finished(Samples.traced(Samples.ok("openai", "gpt-4o"), attempt));

    assertThat(spans.named("chat gpt-4o").attributes())
        .containsEntry("server.address", "api.openai.com");
  }

  @Test
  void tokens_and_cost_stand_on_the_routing_span_alone() {
    CallTrace trace = tracer.start(http(null));
    CallTrace.AttemptTrace first = trace.attempt("first");

    trace.finished(Samples.traced(Samples.failedOver(), first, trace.attempt("openai")));

    for (RecordedSpans.Recorded span : spans.ended) {
      boolean routing = span.facts().name().equals("infermux.infer");
      assertThat(span.attributes().keySet().stream().anyMatch(this::isUsage)).isEqualTo(routing);
      assertThat(span.flat().keySet().stream().anyMatch(this::isUsage)).isEqualTo(routing);
    }
  }

  private boolean isUsage(String attribute) {
    return attribute.contains("usage")
        || attribute.contains("cost")
        || attribute.contains("tokens_");
  }

  @Test
  void the_routing_span_tells_all_in_open_telemetrys_words() {
    tracer.start(http(null)).finished(Samples.failedOver());

    assertThat(spans.named("infermux.infer").attributes())
        .containsExactly(
            entry("gen_ai.operation.name", "chat"),
            entry("gen_ai.request.max_tokens", 64L),
            entry("gen_ai.request.model", "gpt-4o-mini"),
            entry("gen_ai.request.stream", true),
            entry("gen_ai.response.finish_reasons", List.of("stop")),
            entry("gen_ai.response.model", "gpt-4o"),
            entry("gen_ai.response.time_to_first_chunk", 0.045),
            entry("gen_ai.usage.cache_read.input_tokens", 20L),
            entry("gen_ai.usage.input_tokens", 120L),
            entry("gen_ai.usage.output_tokens", 30L),
            entry("gen_ai.usage.reasoning.output_tokens", 10L),
            entry("infermux.attempts", 2L),
            entry("infermux.caller", "team-a"),
            entry("infermux.cost.status", "exact"),
            entry("infermux.cost.usd", 0.000575),
            entry("infermux.env", "production"),
            entry("infermux.ingress", "http"),
            entry("infermux.project", "search"),
            entry("infermux.provider", "openai"),
            entry("infermux.request.id", "req-1"),
            entry("infermux.route_group", "fast"),
            entry("infermux.status", "ok"),
            entry("infermux.strategy", "priority"));
  }

  @Test
  void token_trace_gets_the_flat_attributes_it_reads() {
    tracer.start(http(null)).finished(Samples.failedOver());

    RecordedSpans.Recorded infer = spans.named("infermux.infer");
    assertThat(infer.facts().operation()).isEqualTo("infermux.infer");
    assertThat(infer.flat())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry("provider", "openai"),
                entry("model", "gpt-4o"),
                entry("tokens_in", 120L),
                entry("tokens_out", 30L),
                entry("cost_usd", 0.000575),
                entry("latency_ms", 1234L),
                entry("finish_reason", "stop"),
                entry("caller", "team-a"),
                entry("project", "search"),
                entry("env", "production"),
                entry("strategy", "priority"),
                entry("route_group", "fast"),
                entry("request_id", "req-1"),
                entry("ttft_ms", 45L)));
    assertThat(spans.named("POST /v1/chat/completions").facts().operation()).isNull();
  }

  @Test
  void an_attempt_names_its_provider_and_why_it_failed() {
    CallTrace trace = tracer.start(http(null));
    CallTrace.AttemptTrace attempt = trace.attempt("first");

    trace.finished(Samples.traced(Samples.failedOver(), attempt));

    RecordedSpans.Recorded first = spans.ended.get(0);
    assertThat(first.attributes())
        .containsEntry("gen_ai.provider.name", "azure.ai.openai")
        .containsEntry("server.address", "localhost")
        .containsEntry("server.port", 9001L)
        .containsEntry("http.response.status_code", 503L)
        .containsEntry("error.type", "503")
        .doesNotContainKey("http.request.resend_count");
    assertThat(first.facts().failed()).isTrue();
    assertThat(first.flat())
        .containsEntry("provider", "first")
        .containsEntry("attempt", 1L)
        .containsEntry("error", "server_error");
  }

  @Test
  void a_retry_at_the_same_provider_counts_its_resends() {
    CallRecord once = Samples.failed(timeout(), FailureClass.SILENCE);
    CallRecord twice =
        new CallRecord(
            once.call(),
            once.traceId(),
            once.servedBy(),
            List.of(once.attempts().get(0), once.attempts().get(0)),
            once.outcome(),
            once.usage(),
            once.cost(),
            "",
            once.latencyNanos(),
            0,
            CallContent.NONE);
    CallTrace trace = tracer.start(http(null));
    CallTrace.AttemptTrace first = trace.attempt("first");

    trace.finished(Samples.traced(twice, first, trace.attempt("openai")));

    assertThat(spans.ended.get(0).attributes()).doesNotContainKey("http.request.resend_count");
    assertThat(spans.ended.get(1).attributes()).containsEntry("http.request.resend_count", 1L);
  }

  @Test
  void a_failure_marks_every_span_and_quotes_no_provider() {
    CallTrace trace = tracer.start(http(null));
    CallTrace.AttemptTrace attempt = trace.attempt("openai");
    Failure failure =
        new Failure.UpstreamError(FailureClass.SERVER_ERROR, 500, Samples.ERROR_TEXT, null);

    trace.finished(Samples.traced(Samples.failed(failure, FailureClass.SERVER_ERROR), attempt));

    assertThat(spans.ended).hasSize(3);
    assertThat(spans.ended).allMatch(span -> span.facts().failed());
    for (RecordedSpans.Recorded span : spans.ended) {
      assertThat(span.facts().errorText() + span.attributes() + span.flat())
          .doesNotContain("choked");
    }
    assertThat(spans.named("POST /v1/chat/completions").attributes())
        .containsEntry("error.type", "502");
    assertThat(spans.named("infermux.infer").flat())
        .containsEntry("error", "upstream_error: server_error, provider status 500");
  }

  @Test
  void the_callers_own_fault_is_no_error_of_the_server() {
    tracer.start(http(null)).finished(Samples.refused(new Failure.ModelNotFound("no model \"x\"")));

    assertThat(spans.named("POST /v1/chat/completions").facts().failed()).isFalse();
    assertThat(spans.named("infermux.infer").facts().failed()).isTrue();
    assertThat(spans.named("infermux.infer").attributes())
        .doesNotContainKey("gen_ai.usage.input_tokens")
        .containsEntry("error.type", "model_not_found");
  }

  @Test
  void a_caller_who_left_is_no_error() {
    tracer.start(http(null)).finished(Samples.refused(new Failure.Cancelled("caller left")));

    assertThat(spans.ended).noneMatch(span -> span.facts().failed());
    assertThat(spans.named("infermux.infer").attributes())
        .containsEntry("infermux.status", "cancelled");
  }

  @Test
  void a_stream_that_broke_after_its_head_is_an_error_of_the_server() {
    CallRecord failed = Samples.failed(timeout(), FailureClass.CUT);
    CallRecord broken =
        new CallRecord(
            failed.call(),
            "",
            failed.servedBy(),
            failed.attempts(),
            new Outcome(200, timeout()),
            failed.usage(),
            failed.cost(),
            "",
            1,
            1,
            CallContent.NONE);

    tracer.start(http(null)).finished(broken);

    RecordedSpans.Recorded server = spans.named("POST /v1/chat/completions");
    assertThat(server.facts().failed()).isTrue();
    assertThat(server.attributes())
        .containsEntry("error.type", "upstream_timeout")
        .containsEntry("http.response.status_code", 200L);
    assertThat(spans.named("infermux.infer").facts().timedOut()).isTrue();
  }

  @Test
  void with_spans_off_an_incoming_context_still_reaches_the_provider() {
    SpanTracer off = new SpanTracer(Spans.off(), PEERS::get, GenAi.V1_41, System::nanoTime);

    CallTrace passed = off.start(http(INCOMING));

    assertThat(passed.attempt("openai")).isEqualTo(new CallTrace.AttemptTrace("", INCOMING));
    assertThat(passed.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    passed.finished(Samples.ok("openai", "gpt-4o"));
    assertThat(off.start(http(null))).isSameAs(CallTrace.NONE);
  }

  @Test
  void the_newer_names_are_a_switch() {
    SpanTracer latest = new SpanTracer(spans, PEERS::get, GenAi.LATEST, System::nanoTime);
    CallRecord writes =
        Samples.charged(
            Samples.ok("openai", "gpt-4o"),
            new dev.infermux.inference.Usage(
                1, 0, 5, 2, 1, 0, true, dev.infermux.inference.Usage.Terms.STANDARD),
            Samples.cost(1));

    latest.start(http(null)).finished(writes);

    assertThat(spans.named("infermux.infer").attributes())
        .containsEntry("gen_ai.usage.cache_write.input_tokens", 7L)
        .containsEntry("gen_ai.usage.input_tokens", 8L)
        .containsEntry("infermux.usage.estimated", true);
  }

  private static Failure timeout() {
    return new Failure.UpstreamTimeout("no answer in time");
  }

  private static Call http(String traceparent) {
    Origin origin =
        new Origin("http", "/v1/chat/completions", "192.0.2.7", "sdk/1.0", traceparent, null);
    return Samples.call("gpt-4o-mini", true, origin);
  }
}
