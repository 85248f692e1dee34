package dev.infermux.operations;

import dev.infermux.events.EventAddresses;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.inbound.management.view.EventReceiver;
import dev.infermux.inbound.management.view.EventsView;
import dev.infermux.mist.MistType;
import dev.infermux.vertx.Publications;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hands on what is published on the bus of this process, or of all nodes. Nothing is registered
 * there while nobody listens. Safe on any thread.
 */
public final class EventFeed implements EventsView {

  private final Map<String, EventChannel> channels = new TreeMap<>();
  private final List<EventReceiver> receivers = new CopyOnWriteArrayList<>();
  private final LongAdder lost = new LongAdder();

  /**
   * The receivers end with the gateway.
   *
   * @param everywhere whether the events of other nodes are wanted, too
   */
  public EventFeed(Publications publications, Lifecycle lifecycle, boolean everywhere) {
    addresses()
        .forEach(
            (type, address) ->
                channels.put(type, new EventChannel(publications, address, everywhere)));
    lifecycle.onStopping(() -> receivers.forEach(EventReceiver::end));
  }

  public void register(Metrics metrics) {
    metrics.gauge(
        "infermux_event_streams", "Readers of GET /_infermux/events now.", receivers::size);
    metrics.counter(
        "infermux_event_stream_drops_total",
        "Events that readers of GET /_infermux/events were too slow for.",
        lost::sum);
  }

  @Override
  public Future<Runnable> subscribe(Set<String> types, EventReceiver receiver) {
    List<EventChannel> wanted = types.stream().map(this::channel).toList();
    AtomicBoolean ended = new AtomicBoolean();
    Runnable end =
        () -> {
          if (ended.compareAndSet(false, true)) {
            receivers.remove(receiver);
            wanted.forEach(channel -> channel.remove(receiver));
          }
        };
    receivers.add(receiver);
    return Future.join(wanted.stream().map(channel -> channel.add(receiver)).toList())
        .map(end)
        .onFailure(cause -> end.run());
  }

  @Override
  public void lost() {
    lost.increment();
  }

  private EventChannel channel(String type) {
    EventChannel channel = channels.get(type);
    if (channel == null) {
      throw new IllegalArgumentException(
          "type: " + type + " (expected: " + channels.keySet() + ")");
    }
    return channel;
  }

  private static Map<String, String> addresses() {
    return Map.of(
        MistType.EVENT_INFERENCE_REQUEST, EventAddresses.INFERENCE,
        MistType.EVENT_PROVIDER_COST, EventAddresses.COST,
        MistType.EVENT_CIRCUIT_STATE, EventAddresses.CIRCUIT,
        MistType.EVENT_PROVIDER_HEALTH, EventAddresses.HEALTH,
        MistType.EVENT_BUDGET_ALERT, EventAddresses.BUDGET,
        MistType.EVENT_CONFIG, EventAddresses.CONFIG);
  }
}
