package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.PublishedEvent;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for one reader: the newest events; those that they push out, or for which the process
 * has no room, are counted. An event for which several readers wait takes room once.
 */
final class EventQueue {

  static final int MOST = 2_048;

  /** What an event takes with all that it tells of its call. */
  static final long EVENT_BYTES = 1 << 10;

  /** So that what is handed on at once stays small beside what a socket takes. */
  private static final int MOST_AT_ONCE = 256;

  private final BufferedBytes account;
  private final Runnable lost;
  private final ArrayDeque<PublishedEvent> waiting = new ArrayDeque<>();
  private long pushedOut;
  private boolean over;

  /**
   * Holds nothing yet.
   *
   * @param lost is told of each event that the reader does not get, when it is lost: he may never
   *     come back to be told
   */
  EventQueue(BufferedBytes account, Runnable lost) {
    this.account = account;
    this.lost = lost;
  }

  void add(PublishedEvent event) {
    for (long left = added(event); left > 0; left--) {
      lost.run();
    }
  }

  /** How many are lost by that. */
  private synchronized long added(PublishedEvent event) {
    if (over) {
      return 0;
    }
    long before = pushedOut;
    if (waiting.size() == MOST) {
      remove();
      pushedOut++;
    }
    if (event.held() && !account.take(BufferedKind.EVENTS, EVENT_BYTES, 0)) {
      account.hold(BufferedKind.EVENTS, EVENT_BYTES);
      released(event);
      pushedOut++;
    } else {
      waiting.add(event);
    }
    return pushedOut - before;
  }

  synchronized EventBatch take() {
    List<PublishedEvent> events = new ArrayList<>(Math.min(MOST_AT_ONCE, waiting.size()));
    while (events.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
      events.add(remove());
    }
    EventBatch batch = new EventBatch(pushedOut, events);
    pushedOut = 0;
    return batch;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The reader has gone: nothing waits for him any more. */
  synchronized void close() {
    over = true;
    while (!waiting.isEmpty()) {
      remove();
    }
  }

  private PublishedEvent remove() {
    PublishedEvent event = waiting.remove();
    released(event);
    return event;
  }

  private void released(PublishedEvent event) {
    if (event.released()) {
      account.release(BufferedKind.EVENTS, EVENT_BYTES);
    }
  }
}
