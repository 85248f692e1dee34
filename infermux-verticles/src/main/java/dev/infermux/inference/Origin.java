package dev.infermux.inference;

import org.jspecify.annotations.Nullable;

/**
 * Where a call came in: the facts a SERVER span needs.
 *
 * @param ingress {@code http}, {@code grpc}, {@code bus} or {@code library}
 * @param route the route's template, such as {@code /v1/chat/completions}; the full method of gRPC;
 *     else empty
 * @param clientAddress the peer's address without port; empty when unknown
 */
public record Origin(
    String ingress,
    String route,
    String clientAddress,
    @Nullable String userAgent,
    @Nullable String traceparent,
    @Nullable String tracestate) {

  private static final int LONGEST_AGENT = 256;
  private static final int LONGEST_STATE = 1_024;

  /** Texts of callers are bounded: they stay in records. */
  public Origin {
    userAgent = userAgent == null ? null : Shortened.beginning(userAgent, LONGEST_AGENT);
    traceparent = traceparent != null && traceparent.length() > LONGEST_AGENT ? null : traceparent;
    tracestate = tracestate != null && tracestate.length() > LONGEST_STATE ? null : tracestate;
  }

  public static final Origin LIBRARY = new Origin("library", "", "", null, null, null);
}
