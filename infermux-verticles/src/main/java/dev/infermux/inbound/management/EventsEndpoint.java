package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.EventsView;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.time.Timers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** {@code GET events}: what is published, as server-sent events. */
final class EventsEndpoint implements ManagementEndpoint {

  /** Readers at once: each holds up to a queue of events. */
  static final int MOST = 100;

  private static final String TYPES = "types";
  private static final Duration LATER = Duration.ofSeconds(10);

  private final EventsView events;
  private final BufferedBytes account;
  private final Timers timers;
  private final AtomicInteger open = new AtomicInteger();

  EventsEndpoint(EventsView events, BufferedBytes account, Timers timers) {
    this.events = events;
    this.account = account;
    this.timers = timers;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get(
        "events",
        context -> {
          Set<String> types = EventTypes.of(Query.of(context, TYPES).text(TYPES));
          Runnable admission = admission(routes, context, types);
          admission.run();
          begin(context, types, () -> admits(admission));
        });
  }

  private static Runnable admission(HttpRoutes routes, RoutingContext context, Set<String> types) {
    return EventTypes.tellOfCallers(types)
        ? () -> routes.admitRecords(context)
        : () -> routes.admitReading(context);
  }

  /** A token that is replaced ends the streams that were opened with it. */
  private static boolean admits(Runnable admission) {
    try {
      admission.run();
      return true;
    } catch (InferenceException refused) {
      return false;
    }
  }

  private void begin(RoutingContext context, Set<String> types, BooleanSupplier admitted) {
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Accel-Buffering", "no"); // nginx would hold events back
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    if (open.incrementAndGet() > MOST) {
      open.decrementAndGet();
      response.headers().clear();
      Replies.error(
          context,
          new Failure.Overloaded("events: " + MOST + " readers already (try later)", LATER));
      return;
    }
    EventStreamWriter writer =
        new EventStreamWriter(
            context.vertx().getOrCreateContext(),
            response,
            timers,
            new EventQueue(account, events::lost),
            admitted);
    events.subscribe(types, writer).onSuccess(writer::begin).onFailure(cause -> writer.end());
    writer.ended().onComplete(ended -> open.decrementAndGet());
  }
}
