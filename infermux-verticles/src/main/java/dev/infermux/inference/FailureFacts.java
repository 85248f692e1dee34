package dev.infermux.inference;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is told of a failure: to its caller, in records, events and metrics. */
interface FailureFacts {

  /** The challenge to whom a bearer token is missing. */
  String BEARER = "Bearer realm=\"infermux\"";

  /** The row of the error table, where it is always the same. */
  default ErrorCode row() {
    return ErrorCode.INTERNAL;
  }

  /** The error code of the API, such as {@code model_not_found}. */
  default String code() {
    return row().wireName();
  }

  /** The HTTP status that goes with it. */
  default int status() {
    return row().status();
  }

  /** Fit for the caller's eyes: no secret, no stack trace, and what to do next. */
  String message();

  /** What kind of thing went wrong with the attempt, where it was one that failed. */
  default FailureClass kind() {
    return row() == ErrorCode.OVERLOADED ? FailureClass.LOCAL_SHORTAGE : FailureClass.MALFORMED;
  }

  /** The provider's HTTP status; 0 when it sent none. */
  default int providerStatus() {
    return 0;
  }

  /** The offending field, if any. */
  default @Nullable String param() {
    return null;
  }

  /** A word that tells cases of one code apart, where a caller may care. */
  default @Nullable String reason() {
    return null;
  }

  /** The {@code WWW-Authenticate} that goes with it, which each 401 has to have. */
  default @Nullable String challenge() {
    return status() == 401 ? BEARER : null;
  }

  /** When trying again makes sense. */
  default @Nullable Duration retryAfter() {
    return null;
  }

  /** How many providers were asked in turn and failed, where that is told; else 1. */
  default int providersTried() {
    return 1;
  }

  /** Whether the provider said that the same request may be sent again; null = nothing. */
  default @Nullable Boolean shouldRetry() {
    return null;
  }

  default boolean forbidsRetry() {
    return Boolean.FALSE.equals(shouldRetry());
  }

  /** False tells SDKs that retry on their own not to. */
  default boolean worthRetrying() {
    return row() != ErrorCode.UPSTREAM_TIMEOUT && !forbidsRetry();
  }
}
