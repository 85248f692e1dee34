package dev.infermux.tokentrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.export.DropReason;
import dev.infermux.tokentrace.export.ExportCounts;
import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.testing.OtlpReceiver;
import dev.infermux.tokentrace.testing.ReceivedSpan;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpExportTest extends ReporterTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";

  private final OtlpReceiver collector = closing(OtlpReceiver.start(vertx));

  private TokenTraceReporter to(Protocol protocol, boolean gzip) {
    Otlp otlp =
        new Otlp(
            URI.create(collector.endpoint()), protocol, Map.of("Authorization", "Bearer k"), gzip);
    return reporter(TelemetryOptions.defaults().withOtlp(otlp).withExport(QUICK));
  }

  private static SpanParent caller(String flags, String tracestate) {
    return SpanParent.remote("00-" + TRACE + "-" + CALLER + "-" + flags, tracestate);
  }

  @ParameterizedTest
  @CsvSource({"HTTP_PROTOBUF,false", "HTTP_PROTOBUF,true", "GRPC,false", "GRPC,true"})
  void a_request_becomes_three_spans_below_its_callers(Protocol protocol, boolean gzip) {
    TokenTraceReporter reporter = to(protocol, gzip);

    OpenSpan opened = request(reporter.spans(), caller("01", "vendor=1"));

    eventually(() -> assertThat(collector.spans()).hasSize(3));
    ReceivedSpan server = collector.span("POST /v1/chat/completions");
    ReceivedSpan infer = collector.span("infermux.infer");
    ReceivedSpan attempt = collector.span("chat gpt-4o");
    assertThat(List.of(server.traceId(), infer.traceId(), attempt.traceId())).containsOnly(TRACE);
    assertThat(server.parentId()).isEqualTo(CALLER);
    assertThat(server.spanId()).isEqualTo(opened.spanId());
    assertThat(infer.parentId()).isEqualTo(server.spanId());
    assertThat(attempt.parentId()).isEqualTo(infer.spanId());
    assertThat(attempt.span().getTraceState()).isEqualTo("vendor=1");
    assertThat(server.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(attempt.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(collector.requests().get(0).get("authorization")).isEqualTo("Bearer k");
  }

  @Test
  void a_span_carries_its_times_attributes_and_service() {
    TokenTraceReporter reporter = to(Protocol.HTTP_PROTOBUF, false);

    request(reporter.spans(), SpanParent.none());

    eventually(() -> assertThat(collector.spans()).hasSize(3));
    ReceivedSpan server = collector.span("POST /v1/chat/completions");
    assertThat(server.parentId()).isEmpty();
    assertThat(server.span().getStartTimeUnixNano()).isEqualTo(START);
    assertThat(server.span().getEndTimeUnixNano()).isEqualTo(END);
    assertThat(server.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    assertThat(server.attributes())
        .containsEntry("gen_ai.request.model", "gpt-4o")
        .containsEntry("gen_ai.usage.input_tokens", 11L)
        .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
        .containsEntry("gen_ai.response.time_to_first_chunk", 0.25);
    assertThat(server.resource())
        .containsEntry("service.name", "infermux")
        .containsEntry("service.version", "0.1.0")
        .containsEntry("telemetry.sdk.language", "java");
  }

  @Test
  void a_failed_span_says_why() {
    TokenTraceReporter reporter = to(Protocol.GRPC, false);

    OpenSpan span = reporter.spans().start(SpanKind.CLIENT, SpanParent.none(), START);
    span.end(END, Facts.attempt().failing("429 from openai"));

    eventually(() -> assertThat(collector.spans()).hasSize(1));
    assertThat(collector.span("chat gpt-4o").span().getStatus().getCode())
        .isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(collector.span("chat gpt-4o").span().getStatus().getMessage())
        .isEqualTo("429 from openai");
  }

  @Test
  void an_unsampled_trace_is_passed_on_and_not_exported() {
    TokenTraceReporter reporter = to(Protocol.HTTP_PROTOBUF, false);

    OpenSpan span = request(reporter.spans(), caller("00", null));
    request(reporter.spans(), SpanParent.none());

    eventually(() -> assertThat(collector.spans()).hasSize(3));
    assertThat(collector.spans()).noneMatch(received -> received.traceId().equals(TRACE));
    assertThat(span.traceparent()).startsWith("00-" + TRACE).endsWith("-00");
    assertThat(reporter.counts().exports().get(0).skipped()).isEqualTo(3);
  }

  @Test
  void a_malformed_tracestate_is_left_out_and_the_trace_kept() {
    TokenTraceReporter reporter = to(Protocol.HTTP_PROTOBUF, false);

    request(reporter.spans(), caller("01", "no good, = ;"));

    eventually(() -> assertThat(collector.spans()).hasSize(3));
    assertThat(collector.span("infermux.infer").traceId()).isEqualTo(TRACE);
    assertThat(collector.span("infermux.infer").span().getTraceState()).isEmpty();
  }

  @Test
  void spans_that_the_collector_leaves_out_are_counted_as_rejected() {
    collector.rejects(1);
    TokenTraceReporter reporter = to(Protocol.GRPC, false);

    request(reporter.spans(), SpanParent.none());
    on(reporter.close());

    ExportCounts counts = reporter.counts().exports().get(0);
    assertThat(counts.dropped().get(DropReason.REJECTED)).isPositive();
    assertThat(counts.exported() + counts.dropped().get(DropReason.REJECTED)).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void what_is_behind_goes_in_several_batches_at_once(Protocol protocol) {
    collector.rejects(1);
    TokenTraceReporter reporter = to(protocol, false);

    for (int i = 0; i < 300; i++) {
      request(reporter.spans(), SpanParent.none());
    }
    on(reporter.close());

    ExportCounts counts = reporter.counts().exports().get(0);
    assertThat(collector.spans()).hasSize(900);
    assertThat(collector.spans()).extracting(ReceivedSpan::spanId).doesNotHaveDuplicates();
    assertThat(counts.dropped())
        .containsExactly(Map.entry(DropReason.REJECTED, (long) collector.requests().size()));
    assertThat(counts.exported()).isEqualTo(900 - collector.requests().size());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void what_the_collector_refuses_for_good_is_not_sent_twice(Protocol protocol) {
    collector.answers(protocol == Protocol.GRPC ? 0 : 400);
    collector.answersGrpc(3);
    TokenTraceReporter reporter = to(protocol, false);

    OpenSpan span = reporter.spans().start(SpanKind.CLIENT, SpanParent.none(), START);
    span.end(END, Facts.attempt());

    eventually(() -> assertThat(reporter.counts().exports().get(0).waiting()).isZero());
    eventually(
        () ->
            assertThat(reporter.counts().exports().get(0).dropped())
                .containsEntry(DropReason.REJECTED, 1L));
    assertThat(collector.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void what_the_collector_cannot_take_now_is_sent_again(Protocol protocol) {
    if (protocol == Protocol.GRPC) {
      collector.answersGrpc(14);
    } else {
      collector.answers(503);
    }
    TokenTraceReporter reporter = to(protocol, false);

    OpenSpan span = reporter.spans().start(SpanKind.CLIENT, SpanParent.none(), START);
    span.end(END, Facts.attempt());
    eventually(() -> assertThat(reporter.counts().exports().get(0).failedBatches()).isPositive());
    collector.recovers();
    collector.answersGrpc(0);

    eventually(
        () -> {
          request(reporter.spans(), SpanParent.none());
          assertThat(collector.spans()).isNotEmpty();
        });
  }
}
