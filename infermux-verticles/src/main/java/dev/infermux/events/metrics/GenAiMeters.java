package dev.infermux.events.metrics;

import dev.infermux.events.tracing.Peer;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import dev.infermux.tokentrace.span.GenAi;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.Function;

/**
 * Records finished calls in OpenTelemetry's GenAI metrics: each call as a server of its caller,
 * each attempt as a client of its provider.
 */
public final class GenAiMeters implements CallListener {

  private final ServerMeters server;
  private final ClientMeters client;

  /**
   * Creates the instruments.
   *
   * @param names the version of the conventions
   * @param peers finds a provider by its name
   */
  public GenAiMeters(Meter meter, GenAi names, Function<String, Peer> peers) {
    this.server = new ServerMeters(meter, peers);
    this.client = new ClientMeters(meter, names, peers);
  }

  @Override
  public void finished(CallRecord record) {
    server.record(record);
    for (AttemptRecord attempt : record.attempts()) {
      client.record(record, attempt);
    }
  }
}
