package dev.infermux.e2e.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.mist.Envelope;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sees every message that is sent on an event bus, replies included, in the order of sending. */
public final class BusTap implements AutoCloseable {

  private final Vertx vertx;
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final Handler<DeliveryContext<Object>> interceptor =
      delivery -> {
        messages.add(new Message(delivery.message().address(), delivery.body()));
        delivery.next();
      };

  /**
   * One message.
   *
   * @param address of a reply: one that Vert.x made up
   */
  public record Message(String address, Object body) {

    /** Fails where something else than an envelope was sent. */
    public String type() {
      assertThat(body).as("sent to %s", address).isInstanceOf(Envelope.class);
      return ((Envelope) body).type();
    }
  }

  private BusTap(Vertx vertx) {
    this.vertx = vertx;
    vertx.eventBus().addOutboundInterceptor(interceptor);
  }

  public static BusTap on(Vertx vertx) {
    return new BusTap(vertx);
  }

  public List<Message> messages() {
    return List.copyOf(messages);
  }

  /** The types of all messages between verticles, without the events that are published. */
  public List<String> hops() {
    return messages.stream().map(Message::type).filter(type -> !type.startsWith("event.")).toList();
  }

  @Override
  public void close() {
    vertx.eventBus().removeOutboundInterceptor(interceptor);
  }
}
