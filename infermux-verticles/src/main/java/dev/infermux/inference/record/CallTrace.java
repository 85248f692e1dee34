package dev.infermux.inference.record;

import org.jspecify.annotations.Nullable;

/** The open trace of one call. Used on the call's event loop only. */
public interface CallTrace {

  CallTrace NONE =
      new CallTrace() {
        @Override
        public String traceId() {
          return "";
        }

        @Override
        public AttemptTrace attempt(String provider) {
          return AttemptTrace.NONE;
        }

        @Override
        public void finished(CallRecord record) {}
      };

  /** W3C trace id, 32 hex digits; empty when nothing is traced. */
  String traceId();

  /**
   * Draws the ids of the span of an attempt at a provider, as it is reached now; one that is
   * refused is never told of again.
   */
  AttemptTrace attempt(String provider);

  /** Ends the call's spans and those of {@code record.attempts()}, found by their span ids. */
  void finished(CallRecord record);

  /**
   * The open span of one attempt.
   *
   * @param spanId 16 hex digits; empty when nothing is traced
   * @param traceparent what to send to the provider, or null
   */
  record AttemptTrace(String spanId, @Nullable String traceparent) {
    public static final AttemptTrace NONE = new AttemptTrace("", null);
  }
}
