package dev.infermux.events;

import dev.infermux.spi.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listeners, called in the order in which they were added. One that throws is logged and ignored.
 * Thread-safe: a telling that has begun keeps the list it began with.
 */
final class Listeners<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final String kind;
  private final List<Entry<T>> entries = new CopyOnWriteArrayList<>();

  /**
   * Starts without listeners.
   *
   * @param kind what the log calls one of them
   */
  Listeners(String kind) {
    this.kind = kind;
  }

  Subscription add(T listener) {
    Entry<T> entry = new Entry<>(listener);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  void tell(Consumer<T> news) {
    for (Entry<T> entry : entries) {
      try {
        news.accept(entry.listener);
      } catch (Throwable e) {
        LOG.warn("{} {} failed and is ignored", kind, entry.listener.getClass().getName(), e);
      }
    }
  }

  /** Distinguishes two subscriptions of one listener. */
  private static final class Entry<T> {
    private final T listener;

    Entry(T listener) {
      this.listener = listener;
    }
  }
}
