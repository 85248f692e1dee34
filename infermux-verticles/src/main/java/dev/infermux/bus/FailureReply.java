package dev.infermux.bus;

import dev.infermux.inference.Failure;
import dev.infermux.mist.InferError;
import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;

/** The {@code infer.error} that replies to a request: the failure itself inside the process. */
public record FailureReply(Failure failure) implements Payload {

  static final MessageType<FailureReply> TYPE =
      new MessageType<>(MistType.INFER_ERROR, FailureReply.class);

  @Override
  public byte[] json() {
    return error(failure).json();
  }

  /** A failure as every node can read it. */
  public static InferError error(Failure failure) {
    return new InferError(failure.code(), failure.message(), retryable(failure), failure.status());
  }

  /** Whether another try has a hope: as the provider said, else as the status has it. */
  private static boolean retryable(Failure failure) {
    Boolean said = failure.shouldRetry();
    if (said != null || !failure.worthRetrying()) {
      return failure.worthRetrying();
    }
    return switch (failure.status()) {
      case 408, 409, 425, 429 -> true;
      default -> failure.status() >= 500;
    };
  }
}
