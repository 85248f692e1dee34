package dev.infermux.cluster.postgres;

import dev.infermux.cluster.lease.SharedStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A store that is asked from any thread, as the router asks it: on one event loop. */
final class LoopStore {

  private LoopStore() {}

  static SharedStore of(Vertx vertx, SharedStore store) {
    Context loop = vertx.getOrCreateContext();
    return (SharedStore)
        Proxy.newProxyInstance(
            SharedStore.class.getClassLoader(),
            new Class<?>[] {SharedStore.class},
            (self, question, values) ->
                Future.<Object>future(
                    answer ->
                        loop.runOnContext(on -> ask(store, question, values).onComplete(answer))));
  }

  @SuppressWarnings("unchecked") // Each question of a store has a future as its answer.
  private static Future<Object> ask(SharedStore store, Method question, Object[] values) {
    try {
      return (Future<Object>) question.invoke(store, values);
    } catch (ReflectiveOperationException e) {
      return Future.failedFuture(e);
    }
  }
}
