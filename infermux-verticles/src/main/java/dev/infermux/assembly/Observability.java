package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.events.EventPublisher;
import dev.infermux.events.content.GenAiContent;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.inference.record.ContentCapture;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.operations.Operations;
import dev.infermux.pipeline.Admission;
import dev.infermux.pipeline.CallInstruments;
import dev.infermux.time.Time;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, traced and published of one InferMux.
 *
 * @param cluster whether events of other nodes are shown, too
 */
record Observability(
    ProviderNames names,
    Operations operations,
    Telemetry telemetry,
    EventPublisher publisher,
    CallInstruments instruments,
    boolean cluster,
    @Nullable String traceUrl) {

  static Observability of(
      Vertx vertx,
      Config config,
      HostServices services,
      ProviderNames names,
      CurrentPrices prices) {
    Time time = VertxTimers.time(vertx);
    Admission admission = new Admission(config.http().limits().maxInFlight());
    EventPublisher publisher = new EventPublisher(vertx);
    BufferedBytes buffered = new BufferedBytes(config.http().limits().bufferedBytes());
    Operations operations = Operations.begin(publisher, buffered, time);
    Metrics metrics = operations.metrics();
    Telemetry telemetry = Telemetry.of(vertx, config, services, names, metrics);
    operations.callListeners().add(Gauges.register(metrics, names, prices, admission, publisher));
    telemetry.register(metrics);
    MemoryReport.begin(config.http().limits(), buffered, metrics, time);
    telemetry.meterListener().ifPresent(operations.callListeners()::add);
    CallInstruments instruments =
        new CallInstruments(
            telemetry.tracer(),
            operations.callListeners(),
            admission,
            LimitsOfCallers.of(config.http(), Map.of()).begin(time.ticker()),
            capture(config.telemetry()),
            buffered);
    return new Observability(
        names,
        operations,
        telemetry,
        publisher,
        instruments,
        config.cluster().enabled(),
        config.telemetry().traceUrl());
  }

  /** Spans are the only place for content. */
  private static ContentCapture capture(TelemetryOptions options) {
    return options.captureContent() && options.enabled()
        ? new GenAiContent(ChatSides.TRANSLATORS.sides())
        : ContentCapture.OFF;
  }
}
