package dev.infermux.events.metrics;

import dev.infermux.events.tracing.Peer;
import dev.infermux.inference.Failure;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.tokentrace.span.GenAi;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.Function;

/** Calls as their callers see them. */
final class ServerMeters {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Function<String, Peer> peers;
  private final DoubleHistogram duration;
  private final DoubleHistogram firstToken;
  private final DoubleHistogram outputToken;
  private final Kept<Key, Attributes> answered = new Kept<>(ServerMeters::attributes);

  /**
   * What decides the attributes of a call.
   *
   * @param system of the provider that answered; empty when none was tried
   * @param failure the code of its failure; empty when it did not fail
   */
  private record Key(String operation, String system, String model, String asked, String failure) {}

  ServerMeters(Meter meter, Function<String, Peer> peers) {
    this.peers = peers;
    this.duration =
        Instruments.seconds(
            meter,
            "gen_ai.server.request.duration",
            "How long a request took.",
            Instruments.DURATIONS);
    this.firstToken =
        Instruments.seconds(
            meter,
            "gen_ai.server.time_to_first_token",
            "Time to the first token of a stream.",
            Instruments.FIRST_TOKENS);
    this.outputToken =
        Instruments.seconds(
            meter,
            "gen_ai.server.time_per_output_token",
            "Time for each token after the first.",
            Instruments.OUTPUT_TOKENS);
  }

  void record(CallRecord record) {
    Attributes attributes = attributes(record);
    duration.record(record.latencyNanos() / NANOS_PER_SECOND, attributes);
    long first = record.firstTokenNanos();
    if (first <= 0) {
      return;
    }
    firstToken.record(first / NANOS_PER_SECOND, attributes);
    long tokens = record.usage().completionTokens();
    if (tokens > 1 && record.outcome().failure() == null) {
      double rest = record.latencyNanos() - first;
      outputToken.record(rest / (tokens - 1) / NANOS_PER_SECOND, attributes);
    }
  }

  private Attributes attributes(CallRecord record) {
    Failure failure = record.outcome().failure();
    String provider = record.servedBy().provider();
    boolean tried = !provider.isEmpty();
    Key key =
        new Key(
            record.call().operation().wireName(),
            tried ? peers.apply(provider).system() : "",
            record.servedBy().model(),
            // Callers choose it: it is an attribute only where a provider was tried.
            tried ? record.call().model() : "",
            failure == null ? "" : failure.code());
    return failure == null ? answered.of(key) : attributes(key);
  }

  private static Attributes attributes(Key key) {
    AttributesBuilder builder = Attributes.builder().put(GenAi.OPERATION, key.operation());
    if (!key.system().isEmpty()) {
      builder.put(GenAi.PROVIDER, key.system()).put(GenAi.RESPONSE_MODEL, key.model());
    }
    if (!key.asked().isEmpty()) {
      builder.put(GenAi.REQUEST_MODEL, key.asked());
    }
    if (!key.failure().isEmpty()) {
      builder.put(GenAi.ERROR_TYPE, key.failure());
    }
    return builder.build();
  }
}
