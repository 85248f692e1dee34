package dev.infermux.mist;

import java.util.Map;

/** The readers of the payload types of this module. */
final class PayloadReaders {

  private static final Map<Class<? extends Payload>, PayloadReader<? extends Payload>> READERS =
      Map.ofEntries(
          Map.entry(InferRequest.class, InferRequest::read),
          Map.entry(ChatMessage.class, ChatMessage::read),
          Map.entry(InferResponse.class, InferResponse::read),
          Map.entry(InferChunk.class, InferChunk::read),
          Map.entry(InferCancel.class, InferCancel::read),
          Map.entry(InferError.class, InferError::read),
          Map.entry(TraceSpan.class, TraceSpan::read),
          Map.entry(TraceAlert.class, TraceAlert::read),
          Map.entry(EvalRun.class, EvalRun::read),
          Map.entry(EvalResult.class, EvalResult::read),
          Map.entry(DataEntities.class, DataEntities::read),
          Map.entry(DataSchema.class, DataSchema::read),
          Map.entry(HealthPing.class, HealthPing::read),
          Map.entry(HealthPong.class, HealthPong::read));

  private PayloadReaders() {}

  /** The reader for a type; throws IllegalArgumentException for a type of another sender's own. */
  @SuppressWarnings("unchecked") // each entry above pairs a type with its own reader
  static <T extends Payload> PayloadReader<T> of(Class<T> type) {
    PayloadReader<? extends Payload> reader = READERS.get(type);
    if (reader == null) {
      throw new IllegalArgumentException(
          "payload type: " + type.getName() + " (expected: a type of this package, or a reader)");
    }
    return (PayloadReader<T>) reader;
  }
}
