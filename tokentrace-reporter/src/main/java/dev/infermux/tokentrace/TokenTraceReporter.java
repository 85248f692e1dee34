package dev.infermux.tokentrace;

import dev.infermux.mist.TraceAlert;
import dev.infermux.tokentrace.export.Sink;
import dev.infermux.tokentrace.export.SpanCounts;
import dev.infermux.tokentrace.export.SpanExport;
import dev.infermux.tokentrace.mist.EnvelopeAlerts;
import dev.infermux.tokentrace.record.LiveSpans;
import dev.infermux.tokentrace.record.RecordedSpans;
import dev.infermux.tokentrace.record.SpanQueue;
import dev.infermux.tokentrace.record.SpanSource;
import dev.infermux.tokentrace.span.Spans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans and sends them on. It has one thread of its own, no static state, and leaves the
 * global OpenTelemetry alone; several in one JVM do not see each other.
 */
public final class TokenTraceReporter {
  private final Vertx vertx;
  private final Spans spans;
  private final @Nullable SpanExport export;
  private final @Nullable EnvelopeAlerts alerts;

  private TokenTraceReporter(
      Vertx vertx, Spans spans, @Nullable SpanExport export, @Nullable EnvelopeAlerts alerts) {
    this.vertx = vertx;
    this.spans = spans;
    this.export = export;
    this.alerts = alerts;
  }

  /** A reporter of spans of its own making; off when the options name no place to send them. */
  public static TokenTraceReporter create(Vertx vertx, TelemetryOptions options, Service service) {
    List<Sink<?>> sinks = Sinks.of(vertx, options, service);
    if (sinks.isEmpty()) {
      return new TokenTraceReporter(vertx, Spans.off(), null, null);
    }
    SpanQueue queue = new SpanQueue(options.export().queueSize());
    Spans spans = new RecordedSpans(queue, sinks.stream().anyMatch(Sink::readsFacts));
    return new TokenTraceReporter(
        vertx, spans, started(queue, sinks, options), Sinks.alerts(vertx, options, service));
  }

  /**
   * A reporter of spans of the application's own OpenTelemetry, which exports them as the
   * application has set it up. TokenTrace, when configured, gets them as well; an OTLP collector in
   * the options is refused, for it would get them twice.
   */
  public static TokenTraceReporter create(
      Vertx vertx, TelemetryOptions options, Service service, OpenTelemetry application) {
    if (options.otlp() != null) {
      throw new IllegalArgumentException(
          "telemetry.otlp: %s (expected: absent beside an application's own OpenTelemetry)"
              .formatted(options.otlp().endpoint()));
    }
    List<Sink<?>> sinks = Sinks.of(vertx, options, service);
    if (sinks.isEmpty()) {
      Spans spans = new LiveSpans(application, origin(service), null);
      return new TokenTraceReporter(vertx, spans, null, null);
    }
    SpanQueue queue = new SpanQueue(options.export().queueSize());
    Spans spans = new LiveSpans(application, origin(service), queue);
    return new TokenTraceReporter(
        vertx, spans, started(queue, sinks, options), Sinks.alerts(vertx, options, service));
  }

  private static SpanExport started(
      SpanQueue queue, List<Sink<?>> sinks, TelemetryOptions options) {
    SpanExport export = new SpanExport(queue, sinks, options.export());
    export.start();
    return export;
  }

  private static SpanSource origin(Service service) {
    return SpanSource.of(service.name(), service.version());
  }

  /**
   * What sends metrics to the OTLP collector of the options, for a metric reader of OpenTelemetry's
   * SDK, which also closes it; empty when there is no collector.
   */
  public static Optional<MetricExporter> metricExporter(TelemetryOptions options) {
    return Optional.ofNullable(options.otlp()).map(otlp -> Sinks.metrics(otlp, options));
  }

  /** Where spans begin. */
  public Spans spans() {
    return spans;
  }

  /**
   * Sends an alert to TokenTrace, if there is one. Never blocks and never fails; what TokenTrace
   * does not take is dropped, and reported once. Safe on any thread.
   */
  public void alert(TraceAlert alert) {
    if (alerts != null) {
      alerts.send(alert);
    }
  }

  /** What became of the spans so far. */
  public SpanCounts counts() {
    return export == null ? SpanCounts.none() : export.counts();
  }

  /**
   * Stops taking spans and sends those held, for as long as the options allow; what is left is
   * dropped and counted. Completes on the caller's context and does not fail.
   */
  public Future<Void> close() {
    if (export == null) {
      return Future.succeededFuture();
    }
    Context context = vertx.getOrCreateContext();
    Promise<Void> done = Promise.promise();
    Future<Void> alertsClosed = alerts == null ? Future.succeededFuture() : alerts.close();
    Future.join(export.close(), alertsClosed)
        .onComplete(
            result -> {
              try {
                context.runOnContext(nothing -> done.complete());
              } catch (RejectedExecutionException e) {
                done.complete(); // Vert.x is gone already
              }
            });
    return done.future();
  }

  /**
   * Whom spans are of.
   *
   * @param name OpenTelemetry's {@code service.name} and the source of MIST envelopes
   */
  public record Service(String name, String version) {}
}
