package dev.infermux.vertx;

import io.vertx.core.Context;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How far one context has fallen behind what is published at an address where it listens. Vert.x
 * does not tell how many tasks wait for a context, so that one is put behind them now and then:
 * when it runs, all that was published before it has been handled.
 */
final class SubscriberBacklog {

  private final AddressBacklog address;
  private final Context context;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile long handled;
  private volatile boolean listens = true;

  SubscriberBacklog(AddressBacklog address, Context context, long published) {
    this.address = address;
    this.context = context;
    this.handled = published;
  }

  boolean isOf(Context other) {
    return context == other;
  }

  /** A message has arrived there. */
  void heard() {
    if (!listens) {
      listens = true;
    }
  }

  /** Whether {@code most} of all that was published wait. */
  boolean isFull(long published, int most) {
    long waiting = published - handled;
    if (waiting > most / 4 && asked.compareAndSet(false, true)) {
      ask(published);
    }
    return waiting >= most;
  }

  private void ask(long published) {
    listens = false;
    try {
      context.runOnContext(past -> answered(published));
    } catch (RejectedExecutionException ended) {
      address.gone(this);
    }
  }

  /** Where nothing arrived since it was asked, nobody listens any more. */
  private void answered(long published) {
    handled = published;
    asked.set(false);
    if (!listens) {
      address.gone(this);
    }
  }
}
