package dev.infermux.events.tracing;

import dev.infermux.inference.FailureClass;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.tokentrace.span.FlatAttributes;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.tokentrace.span.SpanFacts;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The span of one attempt. It carries neither tokens nor cost: the routing span does.
 *
 * @param number the attempt's place among the call's, from 1
 */
record AttemptFacts(FinishedCall call, int number, Peer peer) implements SpanFacts {

  private static final String OPERATION = "infermux.attempt";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private AttemptRecord attempt() {
    return call.attempts().get(number - 1);
  }

  @Override
  public String name() {
    return call.operation().wireName() + " " + attempt().model();
  }

  @Override
  public boolean failed() {
    FailureClass kind = attempt().kind();
    return kind != null && kind != FailureClass.CANCELLED;
  }

  @Override
  public boolean timedOut() {
    return attempt().kind() == FailureClass.SILENCE;
  }

  @Override
  public @Nullable String errorText() {
    FailureClass kind = attempt().kind();
    return failed() && kind != null ? kind.wireName() : null;
  }

  @Override
  public void attributes(AttributesBuilder into) {
    AttemptRecord attempt = attempt();
    into.put(GenAi.OPERATION, call.operation().wireName())
        .put(GenAi.PROVIDER, peer.system())
        .put(GenAi.REQUEST_MODEL, attempt.model())
        .put(SpanAttributes.PROVIDER, attempt.provider());
    if (call.stream()) {
      into.put(GenAi.REQUEST_STREAM, true);
    }
    if (call.maxTokens() >= 0) {
      into.put(GenAi.MAX_TOKENS, call.maxTokens());
    }
    if (!peer.address().isEmpty()) {
      into.put(GenAi.SERVER_ADDRESS, peer.address()).put(GenAi.SERVER_PORT, (long) peer.port());
    }
    if (attempt.status() != 0) {
      into.put(SpanAttributes.METHOD, "POST")
          .put(SpanAttributes.STATUS_CODE, (long) attempt.status());
    }
    if (!attempt.translation().path().isEmpty()) {
      into.put(SpanAttributes.TRANSLATED, attempt.translation().path());
    }
    if (!attempt.translation().dropped().isEmpty()) {
      into.put(SpanAttributes.DROPPED, String.join(", ", attempt.translation().dropped()));
    }
    long resends = resends();
    if (resends > 0) {
      into.put(SpanAttributes.RESEND_COUNT, resends);
    }
    if (failed() && attempt.kind() != null) {
      into.put(
          GenAi.ERROR_TYPE,
          attempt.status() >= 400 ? Integer.toString(attempt.status()) : attempt.kind().wireName());
    }
  }

  /** How often the same provider had been tried before in this call. */
  private long resends() {
    String provider = attempt().provider();
    long resends = 0;
    for (int earlier = 0; earlier < number - 1; earlier++) {
      resends += call.attempts().get(earlier).provider().equals(provider) ? 1 : 0;
    }
    return resends;
  }

  @Override
  public String operation() {
    return OPERATION;
  }

  @Override
  public void flatAttributes(FlatAttributes into) {
    AttemptRecord attempt = attempt();
    into.put("provider", attempt.provider())
        .put("model", attempt.model())
        .put("attempt", (long) number)
        .put("latency_ms", attempt.durationNanos() / NANOS_PER_MILLI);
    if (attempt.status() != 0) {
      into.put("http_status", (long) attempt.status());
    }
    if (failed() && attempt.kind() != null) {
      into.put("error", attempt.kind().wireName());
    }
  }
}
