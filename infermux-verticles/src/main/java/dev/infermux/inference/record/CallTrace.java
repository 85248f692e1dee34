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
        public AttemptTrace attempt() {
          return AttemptTrace.NONE;
        }

        @Override
        public void withdrawn() {}

        @Override
        public void finished(CallRecord record) {}
      };

  /** W3C trace id, 32 hex digits; empty when nothing is traced. */
  String traceId();

  /** Opens the span of the next attempt. */
  AttemptTrace attempt();

  /** Forgets the attempt opened last: it was refused and nothing was sent. */
  void withdrawn();

  /** Ends every span; {@code record.attempts()} stand in the order in which they were opened. */
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
