package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.events.EventPublisher;
import dev.infermux.events.content.GenAiContent;
import dev.infermux.inference.record.ContentCapture;
import dev.infermux.operations.Operations;
import dev.infermux.pipeline.Admission;
import dev.infermux.pipeline.CallInstruments;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.time.Time;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;

/** What is measured, traced and published of one InferMux. */
record Observability(
    ProviderNames names,
    Operations operations,
    Telemetry telemetry,
    EventPublisher publisher,
    CallInstruments instruments) {

  static Observability of(
      Vertx vertx, Config config, HostServices services, ProviderNames names, PriceBook prices) {
    Time time = VertxTimers.time(vertx);
    Admission admission = new Admission(config.http().limits().maxInFlight());
    Telemetry telemetry = Telemetry.of(vertx, config, services, names, time.ticker());
    EventPublisher publisher = new EventPublisher(vertx);
    Operations operations = Operations.begin(publisher, time.ticker());
    operations
        .callListeners()
        .add(Gauges.register(operations.metrics(), names, prices, admission, publisher));
    telemetry.register(operations.metrics());
    telemetry.meterListener().ifPresent(operations.callListeners()::add);
    CallInstruments instruments =
        new CallInstruments(
            telemetry.tracer(), operations.callListeners(), admission, capture(config.telemetry()));
    return new Observability(names, operations, telemetry, publisher, instruments);
  }

  /** Spans are the only place for content. */
  private static ContentCapture capture(TelemetryOptions options) {
    return options.captureContent() && options.enabled()
        ? new GenAiContent(ChatSides.TRANSLATORS.sides())
        : ContentCapture.OFF;
  }
}
