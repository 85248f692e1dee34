package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.events.metrics.GenAiMeters;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.events.tracing.SpanTracer;
import dev.infermux.inference.record.CallTracer;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.TraceAlert;
import dev.infermux.network.CaFile;
import dev.infermux.network.Network;
import dev.infermux.network.NetworkOptions;
import dev.infermux.network.ProxyServer;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.spi.CallListener;
import dev.infermux.tokentrace.ExportRoute;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TokenTraceReporter;
import dev.infermux.tokentrace.export.ExportCounts;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.vertx.VertxTimers;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The spans and GenAI metrics of one InferMux and where they go. */
final class Telemetry {

  /** Percent of a budget. */
  private static final int FULL = 100;

  private final TokenTraceReporter reporter;

  /** Whether the program closes the reporter. */
  private final boolean lent;

  private final CallTracer tracer;
  private final @Nullable MeterExport meters;
  private final Optional<CallListener> meterListener;

  private Telemetry(
      TokenTraceReporter reporter,
      boolean lent,
      CallTracer tracer,
      @Nullable MeterExport meters,
      @Nullable CallListener meterListener) {
    this.reporter = reporter;
    this.lent = lent;
    this.tracer = tracer;
    this.meters = meters;
    this.meterListener = Optional.ofNullable(meterListener);
  }

  static Telemetry of(
      Vertx vertx, Config config, HostServices services, ProviderNames names, Metrics metrics) {
    TelemetryOptions options = config.telemetry().withRoutes(routes(services.network()));
    OpenTelemetry application = services.openTelemetry();
    var service = new TokenTraceReporter.Service(MistSource.INFERMUX, services.version());
    TokenTraceReporter given = services.reporter();
    boolean lent = given != null;
    TokenTraceReporter reporter = given;
    if (reporter == null) {
      reporter =
          application == null
              ? TokenTraceReporter.create(vertx, options, service)
              : TokenTraceReporter.create(vertx, options, service, application);
    }
    GenAi genAi = GenAi.from(System.getenv());
    SpanTracer tracer =
        new SpanTracer(reporter.spans(), names::peer, genAi, VertxTimers.time(vertx).ticker());
    if (application != null) {
      Meter meter = application.getMeter(MistSource.INFERMUX);
      return new Telemetry(
          reporter, lent, tracer, null, new GenAiMeters(meter, genAi, names::peer));
    }
    MeterExport meters = meters(vertx, options, services.version(), metrics);
    CallListener listener =
        meters == null
            ? null
            : new GenAiMeters(meters.meter(MistSource.INFERMUX), genAi, names::peer);
    return new Telemetry(reporter, lent, tracer, meters, listener);
  }

  /** Collectors are reached as the process reaches other hosts. */
  private static Function<URI, ExportRoute> routes(Network network) {
    return collector -> {
      NetworkOptions way = network.reach(collector, NetworkOptions.defaults());
      Path authorities = way.caFile();
      ProxyServer proxy = way.proxy();
      return new ExportRoute(
          authorities == null ? null : CaFile.read(authorities).trustManager(),
          proxy == null ? null : proxy.options());
    };
  }

  /** Null where no OTLP collector is configured. */
  private static @Nullable MeterExport meters(
      Vertx vertx, TelemetryOptions options, String version, Metrics metrics) {
    return TokenTraceReporter.metricExporter(options)
        .map(
            exporter ->
                SdkMeterProvider.builder()
                    .setResource(service(version))
                    .registerMetricReader(PeriodicMetricReader.create(exporter))
                    .registerMetricProducer(metrics.producer())
                    .build())
        .map(provider -> new MeterExport(vertx, provider))
        .orElse(null);
  }

  private static Resource service(String version) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"),
                    MistSource.INFERMUX,
                    AttributeKey.stringKey("service.version"),
                    version)));
  }

  /** Records finished calls as metrics, where an OTLP collector takes them. */
  Optional<CallListener> meterListener() {
    return meterListener;
  }

  CallTracer tracer() {
    return tracer;
  }

  /** Shows what became of the spans. */
  void register(Metrics metrics) {
    metrics.counter("infermux_spans_total", "Spans that ended.", () -> reporter.counts().ended());
    metrics.counter(
        "infermux_span_drops_total",
        "Spans that some export lost.",
        () -> sum(ExportCounts::droppedInAll));
    metrics.gauges(
        "infermux_spans_exported",
        "Spans that reached each export.",
        "export",
        () -> byExport(ExportCounts::exported));
    metrics.gauges(
        "infermux_span_export_failures",
        "Attempts to send a batch that failed, of each export.",
        "export",
        () -> byExport(ExportCounts::failedBatches));
  }

  /** Tells TokenTrace that a caller's spend has reached a mark of its budget. */
  void alert(BudgetAlert alert) {
    double threshold = alert.limit().toDouble() * alert.percent() / FULL;
    reporter.alert(
        new TraceAlert(
            alert.percent() < FULL ? "warning" : "critical",
            "budget.spent_usd",
            alert.spent().toDouble(),
            threshold,
            "budget of caller \"%s\": %d %% reached: %s of %s USD spent in %s"
                .formatted(
                    alert.caller(),
                    alert.percent(),
                    alert.spent().toDecimal(),
                    alert.limit().toDecimal(),
                    alert.month())));
  }

  /** Sends what is held and ends; a collector that does not answer is waited for in bounds. */
  Future<Void> close() {
    Future<Void> sent = lent ? Future.succeededFuture() : reporter.close();
    return sent.eventually(this::closeMeters);
  }

  private Future<Void> closeMeters() {
    return meters == null ? Future.succeededFuture() : meters.close();
  }

  private long sum(ToLongFunction<ExportCounts> count) {
    return reporter.counts().exports().stream().mapToLong(count).sum();
  }

  private Map<String, Long> byExport(ToLongFunction<ExportCounts> count) {
    return reporter.counts().exports().stream()
        .collect(Collectors.toMap(ExportCounts::export, count::applyAsLong, Long::sum));
  }
}
