package dev.infermux.inbound.bus;

import dev.infermux.bus.BusAddresses;
import dev.infermux.inbound.Listener;
import dev.infermux.inbound.RouterClient;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferCancel;
import dev.infermux.mist.MistException;
import dev.infermux.mist.MistType;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers {@code infer.request} envelopes on {@link BusAddresses#INFER}: with {@code
 * infer.response} ones, where a stream is asked for with {@code infer.chunk} ones, each for a reply
 * to the one before, or with an {@code infer.error}. {@code infer.cancel} on {@link
 * BusAddresses#CANCEL} ends a request early.
 */
public final class BusVerticle extends VerticleBase implements Listener {

  private final RouterClient router;
  private final boolean remote;

  /** By the id of the request; of two with one id the later can be cancelled. */
  private final Map<String, BusExchange> underWay = new HashMap<>();

  /**
   * @param remote whether other nodes of the cluster may ask, too
   */
  public BusVerticle(RouterClient router, boolean remote) {
    this.router = router;
    this.remote = remote;
  }

  @Override
  public Future<?> start() {
    return listen(BusAddresses.INFER, this::received)
        .compose(listening -> listen(BusAddresses.CANCEL, this::cancelled));
  }

  /** What is not for other nodes is not delivered from the wire, whoever sends it. */
  private Future<Void> listen(String address, Handler<Message<Object>> handler) {
    EventBus bus = vertx.eventBus();
    MessageConsumer<Object> consumer = remote ? bus.consumer(address) : bus.localConsumer(address);
    return consumer.handler(handler).completion();
  }

  @Override
  public String name() {
    return "bus";
  }

  @Override
  public int port() {
    return 0;
  }

  /** The bus has no connections to close: its callers are answered until the cell ends. */
  @Override
  public Future<Void> drain(Duration grace) {
    return Future.succeededFuture();
  }

  private void received(Message<Object> message) {
    BusExchange exchange = new BusExchange(router, message);
    String id = exchange.requestId();
    underWay.put(id, exchange);
    exchange.serve().onComplete(ended -> underWay.remove(id, exchange));
  }

  /** Each cell of each node hears it; the one that serves the request ends it. */
  private void cancelled(Message<Object> message) {
    if (message.body() instanceof Envelope envelope
        && envelope.type().equals(MistType.INFER_CANCEL)) {
      try {
        BusExchange exchange = underWay.get(envelope.payloadAs(InferCancel.class).requestId());
        if (exchange != null) {
          exchange.cancel();
        }
      } catch (MistException unreadable) {
        // It names no request.
      }
    }
  }
}
