package dev.infermux.vertx;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what is published at some addresses to listeners of this process. Where all of it is
 * published in this process, they are called on the thread that publishes: a consumer has a thread
 * of its own, which each message would wake. What other nodes publish is handed on by an event
 * loop. Costs nothing while nobody listens; safe on any thread.
 */
public final class Publications {

  private static final Logger LOG = LoggerFactory.getLogger(Publications.class);

  private final EventBus bus;
  private final boolean clustered;
  private final Map<String, List<Handler<Message<?>>>> listeners;
  private final ContextInternal arrivals;
  private final Handler<DeliveryContext<Object>> departures = this::departs;
  private int listening;

  /** Has no listeners yet. */
  public Publications(Vertx vertx, Collection<String> addresses) {
    this.bus = vertx.eventBus();
    this.clustered = vertx.isClustered();
    this.arrivals = ((VertxInternal) vertx).createEventLoopContext();
    this.listeners =
        addresses.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), address -> new CopyOnWriteArrayList<>()));
  }

  boolean at(String address) {
    return listeners.containsKey(address);
  }

  /**
   * Hands on all that is published at an address, messages that are sent to one receiver not
   * included.
   *
   * @param options with one of the addresses, and whether what other nodes publish is wanted
   * @param listener quick, and safe on any thread, also on several at once; where it throws that is
   *     logged
   */
  public Listening listen(MessageConsumerOptions options, Handler<Message<?>> listener) {
    return clustered && !options.isLocalOnly()
        ? consumed(options, listener)
        : direct(options.getAddress(), listener);
  }

  private Listening consumed(MessageConsumerOptions options, Handler<Message<?>> listener) {
    Listening[] made = new Listening[1];
    arrivals.dispatch(
        () -> {
          MessageConsumer<Object> consumer = bus.consumer(options);
          consumer.handler(listener::handle);
          made[0] = new Listening(consumer.completion(), consumer::unregister);
        });
    return made[0];
  }

  private Listening direct(String address, Handler<Message<?>> listener) {
    List<Handler<Message<?>>> here = listeners.get(address);
    if (here == null) {
      throw new IllegalArgumentException(address + " (expected: " + listeners.keySet() + ")");
    }
    add(here, listener);
    return new Listening(
        Future.succeededFuture(),
        () -> {
          remove(here, listener);
          return Future.succeededFuture();
        });
  }

  private synchronized void add(List<Handler<Message<?>>> here, Handler<Message<?>> listener) {
    here.add(listener);
    if (listening++ == 0) {
      bus.addOutboundInterceptor(departures);
    }
  }

  private synchronized void remove(List<Handler<Message<?>>> here, Handler<Message<?>> listener) {
    if (here.remove(listener) && --listening == 0) {
      bus.removeOutboundInterceptor(departures);
    }
  }

  private void departs(DeliveryContext<Object> delivery) {
    Message<Object> message = delivery.message();
    List<Handler<Message<?>>> here = delivery.send() ? null : listeners.get(message.address());
    if (here != null) {
      for (Handler<Message<?>> listener : here) {
        tell(listener, message);
      }
    }
    delivery.next();
  }

  private static void tell(Handler<Message<?>> listener, Message<?> message) {
    try {
      listener.handle(message);
    } catch (Throwable broken) {
      LOG.warn("a listener at {} failed and is ignored", message.address(), broken);
    }
  }
}
