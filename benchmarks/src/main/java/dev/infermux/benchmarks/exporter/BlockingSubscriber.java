package dev.infermux.benchmarks.exporter;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the events of calls and blocks ten seconds at each, while a file exists: {@code
 * config.while}. Without the file it is not subscribed.
 */
public final class BlockingSubscriber extends VerticleBase {
  private static final String EVENTS = "infermux.events.inference";
  private static final long LOOK_MILLIS = 100;
  private static final int LOOKS_BLOCKED = 100;

  private @Nullable MessageConsumer<Object> consumer;
  private volatile boolean wanted;

  @Override
  public Future<?> start() {
    Path file = Path.of(config().getString("while"));
    Thread looking = new Thread(() -> look(file), "blocking-subscriber");
    looking.setDaemon(true);
    looking.start();
    return Future.succeededFuture();
  }

  private void look(Path file) {
    try {
      while (!Thread.interrupted()) {
        boolean now = Files.exists(file);
        if (now != wanted) {
          wanted = now;
          context.runOnContext(change -> subscribe(now));
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void subscribe(boolean now) {
    if (now && consumer == null) {
      consumer = vertx.eventBus().consumer(EVENTS, event -> block());
    } else if (!now && consumer != null) {
      consumer.unregister();
      consumer = null;
    }
  }

  /** Ten seconds, or until it is no longer wanted, so that the next window is without it. */
  private void block() {
    try {
      for (int i = 0; i < LOOKS_BLOCKED && wanted; i++) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
