package dev.infermux.vertx;

import io.vertx.core.Context;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The contexts that listen at one address, and whether one of them is too far behind for more. */
final class AddressBacklog {

  private static final SubscriberBacklog[] NOBODY = {};

  private final String address;
  private final MessageLosses losses;

  /** Counted while somebody listens. */
  private final AtomicLong published = new AtomicLong();

  private final AtomicLong lost = new AtomicLong();
  private volatile SubscriberBacklog[] subscribers = NOBODY;

  AddressBacklog(String address, MessageLosses losses) {
    this.address = address;
    this.losses = losses;
  }

  /** Whether a message may be published now, which is then counted as such. */
  boolean admits(int most) {
    SubscriberBacklog[] all = subscribers;
    if (all.length == 0) {
      return true;
    }
    long number = published.get();
    boolean full = false;
    for (SubscriberBacklog subscriber : all) {
      full |= subscriber.isFull(number, most);
    }
    if (full) {
      lose();
      return false;
    }
    published.incrementAndGet();
    if (lost.get() > 0) {
      losses.caughtUp(address, lost.getAndSet(0));
    }
    return true;
  }

  private void lose() {
    if (lost.getAndIncrement() == 0) {
      losses.begin(address);
    }
    losses.lost();
  }

  /** A message has arrived on a context. */
  void heardOn(Context context) {
    for (SubscriberBacklog subscriber : subscribers) {
      if (subscriber.isOf(context)) {
        subscriber.heard();
        return;
      }
    }
    add(context);
  }

  private synchronized void add(Context context) {
    if (Arrays.stream(subscribers).noneMatch(known -> known.isOf(context))) {
      SubscriberBacklog more = new SubscriberBacklog(this, context, published.get());
      subscribers =
          Stream.concat(Arrays.stream(subscribers), Stream.of(more))
              .toArray(SubscriberBacklog[]::new);
    }
  }

  synchronized void gone(SubscriberBacklog subscriber) {
    subscribers =
        Arrays.stream(subscribers)
            .filter(known -> !known.equals(subscriber))
            .toArray(SubscriberBacklog[]::new);
  }
}
