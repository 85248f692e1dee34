package dev.infermux.events;

import dev.infermux.vertx.MessageLosses;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/** Counts events that were not published, and says it once until they are again. */
record SubscriberLosses(Logger log, LongAdder count) implements MessageLosses {

  @Override
  public void begin(String address) {
    log.warn(
        "{}: a subscriber in this process does not keep up; no event is published there until it"
            + " does (limits.max_waiting_events)",
        address);
  }

  @Override
  public void lost() {
    count.increment();
  }

  @Override
  public void caughtUp(String address, long lost) {
    log.warn("{}: events are published again; {} were lost", address, lost);
  }
}
