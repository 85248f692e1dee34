package dev.infermux.inbound.grpc;

import dev.infermux.inbound.HeaderText;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;

/** What a failure is in gRPC: its status, and the trailers that go with it. */
final class FailureStatus {

  private static final Metadata.Key<String> ERROR = key("x-infermux-error");
  private static final Metadata.Key<String> RETRY_AFTER = key("retry-after");

  /** A negative number tells gRPC's own retries that there is to be none. */
  private static final Metadata.Key<String> PUSHBACK = key("grpc-retry-pushback-ms");

  private FailureStatus() {}

  static Status of(Failure failure) {
    if (failure instanceof Failure.Internal) {
      return Status.INTERNAL.withDescription("internal error");
    }
    return code(failure).toStatus().withDescription(failure.message());
  }

  /** A provider that blames the caller has failed too: the Go server knows no other case. */
  private static Status.Code code(Failure failure) {
    if (failure instanceof Failure.DeadlinePassed) {
      return Status.Code.DEADLINE_EXCEEDED;
    } else if (failure instanceof Failure.Cancelled) {
      return Status.Code.CANCELLED;
    } else if (failure instanceof Failure.ProviderRejected) {
      return Status.Code.UNAVAILABLE;
    }
    return byHttpStatus(failure.status());
  }

  private static Status.Code byHttpStatus(int status) {
    return switch (status) {
      case 400, 422 -> Status.Code.INVALID_ARGUMENT;
      case 401 -> Status.Code.UNAUTHENTICATED;
      case 403 -> Status.Code.PERMISSION_DENIED;
      case 404 -> Status.Code.NOT_FOUND;
      case 408 -> Status.Code.DEADLINE_EXCEEDED;
      case 413, 429 -> Status.Code.RESOURCE_EXHAUSTED;
      case 501 -> Status.Code.UNIMPLEMENTED;
      case 502, 503, 504 -> Status.Code.UNAVAILABLE;
      default -> status < 500 ? Status.Code.FAILED_PRECONDITION : Status.Code.INTERNAL;
    };
  }

  static Metadata trailers(Failure failure) {
    Metadata trailers = new Metadata();
    trailers.put(ERROR, HeaderText.of(failure.code()));
    Duration wait = failure.retryAfter();
    if (wait != null) {
      trailers.put(RETRY_AFTER, Long.toString(Math.max(1, (wait.toMillis() + 999) / 1000)));
    }
    if (code(failure) == Status.Code.UNAVAILABLE && !mayMend(failure)) {
      trailers.put(PUSHBACK, "-1");
    }
    return trailers;
  }

  /** Whether the same call again may have another end. */
  private static boolean mayMend(Failure failure) {
    FailureClass kind = failure.kind();
    return !(failure instanceof Failure.ProviderRejected)
        && failure.providersTried() < 2
        && !failure.forbidsRetry()
        && kind != FailureClass.UNAUTHORIZED
        && kind != FailureClass.CONTEXT_LENGTH
        && kind != FailureClass.CALLER_FAULT
        && kind != FailureClass.UNTRANSLATABLE;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
