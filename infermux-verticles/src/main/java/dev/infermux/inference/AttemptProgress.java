package dev.infermux.inference;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says during an attempt that cannot wait for its end; on the call's event loop.
 */
public interface AttemptProgress {

  /** For an attempt of which nothing is needed before its end. */
  AttemptProgress UNHEARD = tokens -> {};

  /**
   * Told, perhaps more than once, how many tokens the provider counts for the prompt, when it says
   * so before its stream ends.
   */
  void promptCounted(long tokens);

  /**
   * Told, at most once and before the attempt fails, what one took of which nothing was handed out,
   * where its provider charges for it.
   *
   * @param reported what the provider counted; null when it did not
   * @param contentChars characters of content that it wrote
   */
  default void charged(@Nullable Usage reported, long contentChars) {}

  /**
   * Asks whether the attempt may go on without the longest completion that the caller's budget has
   * put into it, since its provider refuses that. Then as much is reserved as the model's largest
   * completion costs; false when the budget does not bear it.
   */
  default Future<Boolean> withoutMaximum() {
    return Future.succeededFuture(false);
  }

  /**
   * Told the id of something that the provider keeps, or that only it can read: a response, a
   * container, the signature of a thought. A later call that names it goes to the same provider.
   */
  default void issued(String id) {}

  /**
   * Told when bytes of a streamed answer came that bring its caller nothing: a comment, a ping, an
   * event that is left out, or one that is kept until the first content. It may be told for each
   * packet, before the answer has begun and within it, and always between two of its events.
   */
  default void alive() {}
}
