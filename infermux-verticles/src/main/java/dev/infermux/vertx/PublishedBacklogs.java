package dev.infermux.vertx;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.internal.ContextInternal;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what waits in this process for those who listen at some addresses. Vert.x hands a message
 * to all of them or to none: while one is too far behind, nothing is published for any. A context
 * is known once it has got its first message. Safe on any thread, and it allocates nothing.
 */
public final class PublishedBacklogs {

  private final EventBus bus;
  private final Map<String, AddressBacklog> backlogs;
  private final Handler<DeliveryContext<Object>> arrivals = this::arrived;

  public PublishedBacklogs(EventBus bus, Collection<String> addresses, MessageLosses losses) {
    this.bus = bus;
    this.backlogs =
        addresses.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), address -> new AddressBacklog(address, losses)));
    bus.addInboundInterceptor(arrivals);
  }

  /**
   * Whether a message may be published; one that may not is lost.
   *
   * @param most messages that may wait for a subscriber
   */
  public boolean admits(String address, int most) {
    AddressBacklog backlog = backlogs.get(address);
    return backlog == null || backlog.admits(most);
  }

  /** Leaves the bus as it was. */
  public void close() {
    bus.removeInboundInterceptor(arrivals);
  }

  private void arrived(DeliveryContext<Object> delivery) {
    AddressBacklog backlog = backlogs.get(delivery.message().address());
    if (backlog != null) {
      Context here = here();
      if (here != null) {
        backlog.heardOn(here);
      }
    }
    delivery.next();
  }

  /** That of the subscriber, not that of the message. */
  private static @Nullable Context here() {
    ContextInternal current = ContextInternal.current();
    return current == null ? null : current.unwrap();
  }
}
