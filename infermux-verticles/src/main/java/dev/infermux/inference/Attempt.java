package dev.infermux.inference;

import dev.infermux.mist.LocalPayload;
import org.jspecify.annotations.Nullable;

/**
 * One try of a call at one provider. It crosses the bus by reference.
 *
 * @param model the model as this provider knows it
 * @param traceparent the context of this attempt's span, or null when nothing is traced
 * @param number 1 for a call's first attempt
 * @param cancellation ends this attempt; the call's own, or one that follows it
 * @param progress told what cannot wait for the end
 * @param continues whether the last message is the beginning of the answer, to go on from
 * @param last whether no other provider will be asked after it, so that it may take its time
 */
public record Attempt(
    Call call,
    String model,
    @Nullable String traceparent,
    int number,
    Cancellation cancellation,
    AttemptProgress progress,
    boolean continues,
    boolean last)
    implements LocalPayload {

  /** The same attempt under a cancellation of its own. */
  public Attempt withCancellation(Cancellation own) {
    return new Attempt(call, model, traceparent, number, own, progress, continues, last);
  }

  /** The same attempt at another call. */
  public Attempt withCall(Call other) {
    return new Attempt(other, model, traceparent, number, cancellation, progress, continues, last);
  }

  /** The same attempt under the provider's other name of the model. */
  public Attempt withModel(String other) {
    return new Attempt(call, other, traceparent, number, cancellation, progress, continues, last);
  }

  /** The bytes for a provider of the call's own dialect; a stream always asks for its usage. */
  public byte[] bytes() {
    return call.body().bytesFor(model);
  }

  /** Whether the caller asked to see a stream's usage chunk. */
  public boolean showsUsage() {
    return call.body().facts().showsUsage();
  }
}
