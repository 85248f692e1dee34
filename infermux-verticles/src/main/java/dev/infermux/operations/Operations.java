package dev.infermux.operations;

import dev.infermux.events.CallListeners;
import dev.infermux.events.CircuitListeners;
import dev.infermux.events.CircuitLog;
import dev.infermux.events.EventPublisher;
import dev.infermux.events.RequestLog;
import dev.infermux.events.metrics.EventLoopLag;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.events.metrics.RecentCalls;
import dev.infermux.inbound.management.view.MetricsView;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What one InferMux keeps for operators. Every part is thread-safe. */
public record Operations(
    Metrics metrics,
    CallListeners callListeners,
    CircuitListeners circuitListeners,
    RecentCalls recent,
    LastRequests requests,
    TrafficHistory traffic,
    UnpricedAttempts unpriced,
    HoldersService holders,
    EventLoopLag lag,
    Lifecycle lifecycle) {

  /** Of an InferMux that is about to start: events, counts of the last minute, request log. */
  public static Operations begin(EventPublisher publisher, BufferedBytes buffered, Time time) {
    Metrics metrics = new Metrics(time.ticker());
    RecentCalls recent = new RecentCalls(time.ticker());
    CallListeners listeners = new CallListeners();
    listeners.add(publisher);
    LastRequests requests = new LastRequests(LastRequests.DEFAULT_CAPACITY, buffered);
    TrafficHistory traffic = new TrafficHistory(time.clock());
    listeners.add(recent);
    listeners.add(traffic);
    UnpricedAttempts unpriced = new UnpricedAttempts();
    listeners.add(unpriced);
    listeners.add(requests);
    listeners.add(new RequestLog(time.timers()));
    return new Operations(
        metrics,
        listeners,
        new CircuitListeners(),
        recent,
        requests,
        traffic,
        unpriced,
        new HoldersService(metrics),
        new EventLoopLag(metrics, time),
        new Lifecycle());
  }

  /**
   * What a circuit has to call before its new state shows: the listeners, then the event on the
   * bus, then the log.
   */
  public Consumer<CircuitChange> circuitNews(EventPublisher publisher) {
    return circuitListeners
        .andThen(traffic)
        .andThen(publisher::circuitChanged)
        .andThen(new CircuitLog());
  }

  /**
   * All metrics as text.
   *
   * @param ready completes when what they show may be read; it is asked before each
   */
  public MetricsView metricsView(Vertx vertx, Supplier<Future<Void>> ready) {
    MetricsRenderer renderer = new MetricsRenderer(vertx, metrics);
    MetricsView each =
        accept ->
            ready
                .get()
                .compose(asked -> renderer.render(accept))
                .map(text -> new MetricsView.Text(text.contentType(), text.body()));
    return new Scrapes(vertx, Metrics::contentType, each);
  }
}
