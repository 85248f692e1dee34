package dev.infermux.inbound.management.view;

import io.vertx.core.Future;
import java.util.Set;

/** The published events as they come. Costs nothing while nobody listens. */
public interface EventsView {

  /**
   * Hands each event of these types to a receiver, from the moment at which the future completes
   * until the runnable is run, which may be done any number of times.
   *
   * @param types of those that are published
   */
  Future<Runnable> subscribe(Set<String> types, EventReceiver receiver);

  /** Counts an event that a receiver was too slow for; any thread. */
  void lost();
}
