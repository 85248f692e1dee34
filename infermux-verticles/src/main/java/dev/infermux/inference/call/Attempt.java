package dev.infermux.inference.call;

import dev.infermux.mist.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One try of a call at one provider. It crosses the bus by reference; on a wire it is its call.
 *
 * @param model the model as this provider knows it
 * @param traceparent the context of this attempt's span, or null when nothing is traced
 * @param number 1 for a call's first attempt
 */
public record Attempt(Call call, String model, @Nullable String traceparent, int number)
    implements Payload {

  /** The bytes for a provider of OpenAI's dialect; a stream always asks for its usage. */
  public byte[] openAiBody() {
    return call.body().rewritten(model, call.stream());
  }

  /** Whether the caller asked to see a stream's usage chunk. */
  public boolean showsUsage() {
    return call.body().facts().streamOptions().includeUsage();
  }

  @Override
  public byte[] json() {
    return call.json();
  }
}
