package dev.infermux.benchmarks.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SpanCounterTest {

  @Test
  void spans_of_all_scopes_and_resources_are_counted() {
    byte[] body = request().toByteArray();

    assertThat(SpanCounter.count(body, body.length)).isEqualTo(5);
  }

  @Test
  void zipped_requests_are_counted_too() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      request().writeTo(out);
    }

    assertThat(SpanCounter.count(zipped.toByteArray(), zipped.size())).isEqualTo(5);
  }

  @Test
  void json_is_no_span() {
    byte[] body = "{\"resourceSpans\":[{}]}".getBytes(UTF_8);

    assertThat(SpanCounter.count(body, body.length)).isZero();
  }

  private static ExportTraceServiceRequest request() {
    var name =
        KeyValue.newBuilder()
            .setKey("service.name")
            .setValue(AnyValue.newBuilder().setStringValue("infermux"));
    var span =
        Span.newBuilder()
            .setName("infermux.infer")
            .setStartTimeUnixNano(1_760_000_000_000_000_000L)
            .addAttributes(name)
            .addEvents(Span.Event.newBuilder().setName("attempt"));
    var scope = ScopeSpans.newBuilder().addSpans(span).addSpans(span);
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(name))
                .addScopeSpans(scope)
                .addScopeSpans(scope))
        .addResourceSpans(
            ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build();
  }
}
