package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.events.tracing.SpanTracer;
import dev.infermux.inference.record.CallTracer;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.TraceAlert;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.tokentrace.TokenTraceReporter;
import dev.infermux.tokentrace.export.ExportCounts;
import dev.infermux.tokentrace.span.GenAi;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The spans of one InferMux and where they go. */
final class Telemetry {

  /** Percent of a budget. */
  private static final int FULL = 100;

  private final TokenTraceReporter reporter;
  private final CallTracer tracer;

  private Telemetry(TokenTraceReporter reporter, CallTracer tracer) {
    this.reporter = reporter;
    this.tracer = tracer;
  }

  static Telemetry of(Vertx vertx, Config config, HostServices services, ProviderNames names) {
    OpenTelemetry application = services.openTelemetry();
    var service = new TokenTraceReporter.Service(MistSource.INFERMUX, services.version());
    TokenTraceReporter reporter =
        application == null
            ? TokenTraceReporter.create(vertx, config.telemetry(), service)
            : TokenTraceReporter.create(vertx, config.telemetry(), service, application);
    GenAi genAi = GenAi.from(System.getenv());
    return new Telemetry(reporter, new SpanTracer(reporter.spans(), names::peer, genAi));
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

  Future<Void> close() {
    return reporter.close();
  }

  private long sum(ToLongFunction<ExportCounts> count) {
    return reporter.counts().exports().stream().mapToLong(count).sum();
  }

  private Map<String, Long> byExport(ToLongFunction<ExportCounts> count) {
    return reporter.counts().exports().stream()
        .collect(Collectors.toMap(ExportCounts::export, count::applyAsLong, Long::sum));
  }
}
