package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.testing.OtlpReceiver;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class MetricExportTest {

  @Test
  void calls_reach_the_collector_in_the_conventions_of_generative_ai(Vertx vertx) {
    OtlpReceiver otlp = OtlpReceiver.start(vertx);
    TelemetryOptions telemetry =
        TelemetryOptions.defaults().withOtlp(Otlp.at(otlp.endpoint(), Protocol.HTTP_PROTOBUF));
    try (Gateway gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withTelemetry(telemetry).withProvider(Gateway.provider(upstream)))) {
      gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

      gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));
      gateway.post("/v1/chat/completions", Texts.chat("no-such-model", "Hi"));
    }

    List<HistogramDataPoint> durations = points(otlp, "gen_ai.server.request.duration");
    assertThat(durations)
        .extracting(MetricExportTest::attributes)
        .containsExactlyInAnyOrder(
            Map.of(
                "gen_ai.operation.name",
                "chat",
                "gen_ai.provider.name",
                "openai",
                "gen_ai.request.model",
                Gateway.MODEL,
                "gen_ai.response.model",
                Gateway.MODEL),
            Map.of("gen_ai.operation.name", "chat", "error.type", "model_not_found"));
    assertThat(points(otlp, "gen_ai.client.operation.duration"))
        .singleElement()
        .extracting(MetricExportTest::attributes)
        .asInstanceOf(map(String.class, String.class))
        .containsEntry("gen_ai.request.model", Gateway.MODEL)
        .containsEntry("server.address", "127.0.0.1")
        .doesNotContainKey("error.type");
    assertThat(otlp.metrics())
        .filteredOn(metric -> metric.getName().equals("infermux.cost"))
        .singleElement()
        .satisfies(cost -> assertThat(cost.getUnit()).isEqualTo("{USD}"));
    assertThat(points(otlp, "gen_ai.client.token.usage"))
        .filteredOn(point -> attributes(point).get("gen_ai.token.type").equals("input"))
        .extracting(HistogramDataPoint::getSum)
        .containsExactly(19.0);
    assertThat(otlp.metrics())
        .extracting(Metric::getName)
        .contains(
            "infermux_requests_total",
            "infermux_tokens_total",
            "infermux_cost_usd_total",
            "infermux_in_flight",
            "infermux_event_drops_total",
            "jvm_gc_collection_seconds_count",
            "jvm_memory_used_bytes");
    assertThat(points(otlp, "infermux_latency_seconds"))
        .anySatisfy(
            point -> {
              assertThat(attributes(point)).containsEntry("provider", "upstream");
              assertThat(point.getCount()).isEqualTo(1);
              assertThat(point.getBucketCountsList())
                  .hasSize(point.getExplicitBoundsCount() + 1)
                  .contains(1L);
            });
    otlp.close();
  }

  @Test
  void each_chunk_after_the_first_has_its_time(Vertx vertx) {
    OtlpReceiver otlp = OtlpReceiver.start(vertx);
    TelemetryOptions telemetry =
        TelemetryOptions.defaults().withOtlp(Otlp.at(otlp.endpoint(), Protocol.HTTP_PROTOBUF));
    try (Gateway gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withTelemetry(telemetry).withProvider(Gateway.provider(upstream)))) {
      gateway
          .upstream()
          .next(
              MockAnswer.events(
                  Texts.role(),
                  Texts.delta("a"),
                  Texts.delta("b"),
                  Texts.delta("c"),
                  Texts.finish(),
                  "[DONE]"));

      gateway.post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));
    }

    assertThat(points(otlp, "gen_ai.client.operation.time_per_output_chunk"))
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.getCount()).isEqualTo(2);
              assertThat(point.getSum()).isPositive().isLessThan(60);
            });
    otlp.close();
  }

  private static List<HistogramDataPoint> points(OtlpReceiver otlp, String name) {
    return otlp.metrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .map(Metric::getHistogram)
        .flatMap(histogram -> histogram.getDataPointsList().stream())
        .toList();
  }

  private static Map<String, String> attributes(HistogramDataPoint point) {
    return point.getAttributesList().stream()
        .collect(
            Collectors.toMap(KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
  }
}
