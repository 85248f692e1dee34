package dev.infermux.mist;

/**
 * A payload that travels by reference inside one process and has no JSON. Writing its envelope to a
 * wire, by the event bus codec for instance, fails with a {@link MistException}.
 */
public interface LocalPayload extends Payload {

  /** Always throws {@link MistException} of code {@code protocol}. */
  @Override
  default byte[] json() {
    throw new MistException(
        MistErrorCode.PROTOCOL,
        "payload: a "
            + getClass().getSimpleName()
            + ", which stays in its process (expected: a payload that has JSON)");
  }

  /** It reaches nobody: what it holds is to be given up. */
  default void undelivered() {}
}
