package dev.infermux.vertx;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A verticle that may block for as long as it likes. What is published meanwhile waits in a queue
 * of each of its consumers, which has a bound: without it, messages wait in the queue of its
 * context's tasks, which has none. To the verticle nothing else changes.
 */
public final class BoundedSubscriber implements Deployable {

  private final Deployable verticle;
  private final WaitingRoom room;
  private final List<BoundedConsumer<?>> consumers = new CopyOnWriteArrayList<>();

  /** Only the context of the deployment touches it. */
  private @Nullable Context seen;

  public BoundedSubscriber(Deployable verticle, WaitingRoom room) {
    this.verticle = verticle;
    this.room = room;
  }

  @Override
  public Future<?> deploy(Context context) throws Exception {
    ContextInternal original = (ContextInternal) context;
    BoundedVertx vertx = new BoundedVertx(original.owner(), room, this::made);
    Context overlay =
        Overlay.of(
            ContextInternal.class,
            original,
            (method, arguments) ->
                switch (method) {
                  case "owner" -> vertx;
                  case "unwrap" -> original;
                  default -> null;
                });
    seen = overlay;
    return asked("start", () -> verticle.deploy(overlay));
  }

  @Override
  public Future<?> undeploy(Context context) throws Exception {
    Context here = seen == null ? context : seen;
    return asked("stop", () -> verticle.undeploy(here)).eventually(this::closed);
  }

  /** Vert.x would wait for ever where a verticle answers with nothing. */
  private static Future<?> asked(String method, Callable<@Nullable Future<?>> code) {
    try {
      Future<?> done = code.call();
      return done == null
          ? Future.failedFuture(
              new IllegalStateException("its " + method + "() returned null, not a Future"))
          : done;
    } catch (Throwable thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private void made(BoundedConsumer<?> consumer) {
    consumers.removeIf(BoundedConsumer::ended);
    consumers.add(consumer);
  }

  private Future<Void> closed() {
    close();
    return Future.succeededFuture();
  }

  /** Ends its consumers, also where the verticle is stuck and cannot be undeployed. */
  public void close() {
    consumers.forEach(BoundedConsumer::unregister);
  }
}
