package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.PublishedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What waits for one reader: the newest events; those that they push out are counted. */
final class EventQueue {

  static final int MOST = 2_048;

  /** So that what is handed on at once stays small beside what a socket takes. */
  private static final int MOST_AT_ONCE = 256;

  private final ArrayDeque<PublishedEvent> waiting = new ArrayDeque<>();
  private long pushedOut;

  synchronized void add(PublishedEvent event) {
    if (waiting.size() == MOST) {
      waiting.remove();
      pushedOut++;
    }
    waiting.add(event);
  }

  synchronized EventBatch take() {
    List<PublishedEvent> events = new ArrayList<>(Math.min(MOST_AT_ONCE, waiting.size()));
    while (events.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
      events.add(waiting.remove());
    }
    EventBatch batch = new EventBatch(pushedOut, events);
    pushedOut = 0;
    return batch;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }
}
