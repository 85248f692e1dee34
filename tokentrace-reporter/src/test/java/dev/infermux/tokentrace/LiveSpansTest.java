package dev.infermux.tokentrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.testing.TokenTraceStandIn;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LiveSpansTest extends ReporterTest {
  private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Kept kept = new Kept();
  private final OpenTelemetrySdk application =
      closing(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(kept))
                      .build())
              .build());

  private TokenTraceReporter over(OpenTelemetry own, TelemetryOptions options) {
    TokenTraceReporter reporter = TokenTraceReporter.create(vertx, options, SERVICE, own);
    closing(() -> on(reporter.close()));
    return reporter;
  }

  private SpanData named(String name) {
    return kept.spans.stream().filter(s -> s.getName().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void an_applications_opentelemetry_makes_the_spans() {
    TokenTraceReporter reporter = over(application, TelemetryOptions.defaults());

    OpenSpan server = request(reporter.spans(), SpanParent.remote(CALLER, "vendor=1"));

    SpanData attempt = named("chat gpt-4o");
    SpanData infer = named("infermux.infer");
    assertThat(attempt.getParentSpanId()).isEqualTo(infer.getSpanId());
    assertThat(infer.getParentSpanId()).isEqualTo(server.spanId());
    assertThat(infer.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(infer.getAttributes().get(GenAi.REQUEST_MODEL)).isEqualTo("gpt-4o");
    assertThat(attempt.getSpanContext().getTraceState().get("vendor")).isEqualTo("1");
    assertThat(attempt.getStartEpochNanos()).isEqualTo(START + 2);
    assertThat(reporter.spans().enabled()).isTrue();
  }

  @Test
  void tokentrace_gets_the_same_spans_with_the_same_ids() {
    TokenTraceStandIn tokentrace = closing(TokenTraceStandIn.start(vertx));
    TelemetryOptions options =
        TelemetryOptions.defaults()
            .withTokentrace(TokenTrace.at(tokentrace.url()).withAttempts(true))
            .withExport(QUICK);
    TokenTraceReporter reporter = over(application, options);

    request(reporter.spans(), SpanParent.none());

    eventually(() -> assertThat(tokentrace.spans()).hasSize(2));
    assertThat(tokentrace.spans())
        .extracting(span -> span.getString("span_id"))
        .containsExactlyInAnyOrder(
            named("infermux.infer").getSpanId(), named("chat gpt-4o").getSpanId());
  }

  @Test
  void an_opentelemetry_that_does_nothing_still_leaves_tokentrace_whole() {
    TokenTraceStandIn tokentrace = closing(TokenTraceStandIn.start(vertx));
    TelemetryOptions options =
        TelemetryOptions.defaults()
            .withTokentrace(TokenTrace.at(tokentrace.url()).withAttempts(true))
            .withExport(QUICK);
    TokenTraceReporter reporter = over(OpenTelemetry.noop(), options);

    OpenSpan server = request(reporter.spans(), SpanParent.remote(CALLER, null));

    eventually(() -> assertThat(tokentrace.spans()).hasSize(2));
    assertThat(tokentrace.spans())
        .extracting(span -> span.getString("span_id"))
        .doesNotHaveDuplicates()
        .doesNotContain("b7ad6b7169203331");
    assertThat(server.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void an_otlp_collector_beside_it_is_refused() {
    TelemetryOptions options =
        TelemetryOptions.defaults()
            .withOtlp(Otlp.at("http://collector:4318", Protocol.HTTP_PROTOBUF));

    assertThatThrownBy(() -> TokenTraceReporter.create(vertx, options, SERVICE, application))
        .hasMessageContaining("telemetry.otlp: http://collector:4318 (expected: absent");
  }

  @Test
  void a_failing_facts_object_does_not_reach_the_caller() {
    TokenTraceReporter reporter = over(application, TelemetryOptions.defaults());

    OpenSpan span = reporter.spans().start(SpanKind.CLIENT, SpanParent.none(), START);
    span.end(END, null);

    assertThat(kept.spans).hasSize(1);
  }

  /** Keeps what it is given. */
  private static final class Kept implements SpanExporter {
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      spans.addAll(batch);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
