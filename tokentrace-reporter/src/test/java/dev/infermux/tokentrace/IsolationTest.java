package dev.infermux.tokentrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.export.SpanCounts;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.span.Spans;
import dev.infermux.tokentrace.testing.OtlpReceiver;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IsolationTest extends ReporterTest {

  private TokenTraceReporter to(OtlpReceiver collector) {
    Otlp otlp = Otlp.at(collector.endpoint(), Protocol.HTTP_PROTOBUF);
    return reporter(TelemetryOptions.defaults().withOtlp(otlp).withExport(QUICK));
  }

  @Test
  void two_reporters_in_one_jvm_do_not_see_each_other() {
    OtlpReceiver left = closing(OtlpReceiver.start(vertx));
    OtlpReceiver right = closing(OtlpReceiver.start(vertx));
    TokenTraceReporter one = to(left);
    TokenTraceReporter other = to(right);

    request(one.spans(), SpanParent.none());
    on(one.close());
    request(other.spans(), SpanParent.none());
    on(other.close());

    assertThat(left.spans()).hasSize(3);
    assertThat(right.spans()).hasSize(3);
    assertThat(one.counts().ended()).isEqualTo(3);
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
  }

  @Test
  void nothing_configured_is_off() {
    TokenTraceReporter off = reporter(TelemetryOptions.defaults());

    request(off.spans(), SpanParent.none());

    assertThat(off.spans()).isSameAs(Spans.off());
    assertThat(off.counts()).isEqualTo(SpanCounts.none());
    assertThat(off.close().succeeded()).isTrue();
  }

  @Test
  void options_say_what_they_expect_and_hide_what_is_secret() {
    assertThatThrownBy(() -> TokenTrace.at("localhost:8700"))
        .hasMessage(
            "telemetry.tokentrace.url: \"localhost:8700\""
                + " (expected: http://… | https://… | file:///…)");
    assertThatThrownBy(() -> Otlp.at("grpc://collector", Protocol.GRPC))
        .hasMessage(
            "telemetry.otlp.endpoint: \"grpc://collector\" (expected: http://… | https://…)");
    assertThatThrownBy(() -> TokenTrace.at("stdio://"))
        .hasMessage(
            "telemetry.tokentrace.url: \"stdio://\""
                + " (expected: http://… | https://… | file:///…)");
    TokenTrace signed =
        new TokenTrace(URI.create("http://tt"), TelemetryOptions.Format.MIST, "s3cret");
    assertThat(signed.toString()).doesNotContain("s3cret");
  }

  @Test
  void headers_that_no_request_can_carry_are_refused_before_the_first() {
    URI collector = URI.create("http://collector:4318");

    assertThatThrownBy(() -> new Otlp(collector, Protocol.GRPC, Map.of("x-api-key", "s3cret\n")))
        .hasMessage(
            "telemetry.otlp.headers.x-api-key: a value not shown (expected: visible ASCII)");
    assertThatThrownBy(() -> new Otlp(collector, Protocol.GRPC, Map.of("api key", "k")))
        .hasMessage("telemetry.otlp.headers: \"api key\" (expected: a header's name)");
  }
}
