package dev.infermux.inference;

import dev.infermux.mist.LocalPayload;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One try of a call at one provider. It crosses the bus by reference.
 *
 * @param model the model as this provider knows it
 * @param traceparent the context of this attempt's span, or null when nothing is traced
 * @param number 1 for a call's first attempt
 * @param cancellation ends this attempt; the call's own, or one that follows it
 * @param promptCounted told, on the call's event loop and perhaps more than once, how many tokens
 *     the provider counts for the prompt, when it says so before its stream ends
 */
public record Attempt(
    Call call,
    String model,
    @Nullable String traceparent,
    int number,
    Cancellation cancellation,
    LongConsumer promptCounted)
    implements LocalPayload {

  /** For an attempt whose prompt's count is not needed before its end. */
  public static final LongConsumer UNHEARD = tokens -> {};

  /** The same attempt under a cancellation of its own. */
  public Attempt withCancellation(Cancellation own) {
    return new Attempt(call, model, traceparent, number, own, promptCounted);
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
