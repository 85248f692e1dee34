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

  /**
   * What is to be written next.
   *
   * @param lost how many that came before these are gone
   */
  record Batch(long lost, List<PublishedEvent> events) {

    boolean isEmpty() {
      return lost == 0 && events.isEmpty();
    }
  }

  synchronized void add(PublishedEvent event) {
    if (waiting.size() == MOST) {
      waiting.remove();
      pushedOut++;
    }
    waiting.add(event);
  }

  synchronized Batch take() {
    List<PublishedEvent> events = new ArrayList<>(Math.min(MOST_AT_ONCE, waiting.size()));
    while (events.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
      events.add(waiting.remove());
    }
    Batch batch = new Batch(pushedOut, events);
    pushedOut = 0;
    return batch;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }
}
