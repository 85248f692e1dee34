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
    return new InferError(
            failure.code(), failure.message(), failure.worthRetrying(), failure.status())
        .json();
  }
}
