package dev.infermux;

import dev.infermux.inference.Attribution;
import dev.infermux.inference.Cancellation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a program says of one call besides its request.
 *
 * @param attribution whom it is charged to
 * @param deadline how long to wait for the answer to begin; null = as long as providers may take
 * @param cancellation ends the call and closes the provider's connection; null = nothing does. It
 *     may be shared by any number of calls
 * @param requestId what logs, events and providers know the call by; null = a new one
 * @param provider the only provider that may serve it; null = any
 * @param traceparent the W3C trace context that the call's spans belong to; null = a trace of its
 *     own
 */
public record CallOptions(
    Attribution attribution,
    @Nullable Duration deadline,
    @Nullable Cancellation cancellation,
    @Nullable String requestId,
    @Nullable String provider,
    @Nullable String traceparent) {

  private static final CallOptions DEFAULTS =
      new CallOptions(Attribution.ANONYMOUS, null, null, null, null, null);

  /** Nothing said. */
  public static CallOptions defaults() {
    return DEFAULTS;
  }

  public CallOptions withAttribution(Attribution attribution) {
    return new CallOptions(attribution, deadline, cancellation, requestId, provider, traceparent);
  }

  public CallOptions withDeadline(@Nullable Duration deadline) {
    return new CallOptions(attribution, deadline, cancellation, requestId, provider, traceparent);
  }

  public CallOptions withCancellation(@Nullable Cancellation cancellation) {
    return new CallOptions(attribution, deadline, cancellation, requestId, provider, traceparent);
  }

  public CallOptions withRequestId(@Nullable String requestId) {
    return new CallOptions(attribution, deadline, cancellation, requestId, provider, traceparent);
  }

  public CallOptions withProvider(@Nullable String provider) {
    return new CallOptions(attribution, deadline, cancellation, requestId, provider, traceparent);
  }

  public CallOptions withTraceparent(@Nullable String traceparent) {
    return new CallOptions(attribution, deadline, cancellation, requestId, provider, traceparent);
  }
}
