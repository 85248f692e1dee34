package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.PublishedEvent;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for one reader. Events that find no place, or for which the process has no room, are
 * lost, and told where they would have stood. What waits stays, so that it grows old in the heap
 * where a reader is stuck, and no collection copies it again. An event for which several readers
 * wait takes room once.
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
  private final ArrayDeque<Gap> gaps = new ArrayDeque<>();
  private long taken;

  /** Since the last one that was added. */
  private long missed;

  private boolean over;

  /** So many were lost before the event of that number. */
  private record Gap(long before, long lost) {}

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
    if (!added(event)) {
      lost.run();
    }
  }

  private synchronized boolean added(PublishedEvent event) {
    if (over) {
      return true;
    }
    if (waiting.size() == MOST || !held(event)) {
      missed++;
      return false;
    }
    if (missed > 0) {
      gaps.add(new Gap(taken + waiting.size(), missed));
      missed = 0;
    }
    waiting.add(event);
    return true;
  }

  private boolean held(PublishedEvent event) {
    boolean first = event.held();
    if (!first || account.take(BufferedKind.EVENTS, EVENT_BYTES, 0)) {
      return true;
    }
    account.hold(BufferedKind.EVENTS, EVENT_BYTES);
    released(event);
    return false;
  }

  /** Those up to the next gap, or what was lost since the last one. */
  synchronized EventBatch take() {
    List<PublishedEvent> events = new ArrayList<>(Math.min(MOST_AT_ONCE, waiting.size()));
    long before = lostBefore();
    while (events.size() < MOST_AT_ONCE && !waiting.isEmpty() && !atGap()) {
      events.add(remove());
    }
    return new EventBatch(before, events);
  }

  private long lostBefore() {
    if (atGap()) {
      return gaps.remove().lost();
    }
    long before = waiting.isEmpty() ? missed : 0;
    missed -= before;
    return before;
  }

  private boolean atGap() {
    Gap next = gaps.peek();
    return next != null && next.before() == taken;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty() && missed == 0;
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
    taken++;
    released(event);
    return event;
  }

  private void released(PublishedEvent event) {
    if (event.released()) {
      account.release(BufferedKind.EVENTS, EVENT_BYTES);
    }
  }
}
