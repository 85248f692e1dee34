package dev.infermux.cluster.lease;

import dev.infermux.mist.LocalPayload;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something for the store, which the verticle that has its connections passes on.
 *
 * @param question puts it to the store
 */
record AskStore(Function<SharedStore, Future<?>> question) implements LocalPayload {

  /**
   * The reply.
   *
   * @param answer what the store said, if it said something
   * @param failure why it did not
   */
  record Answered(@Nullable Object answer, @Nullable StoreException failure)
      implements LocalPayload {}
}
