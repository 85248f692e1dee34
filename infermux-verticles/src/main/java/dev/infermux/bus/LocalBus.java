package dev.infermux.bus;

import dev.infermux.inference.InferenceException;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.LocalPayload;
import dev.infermux.mist.Payload;
import dev.infermux.mist.bus.EnvelopeCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages between the verticles of one process: payloads travel by reference in MIST envelopes.
 *
 * <p>What one thread sends to one verticle arrives in the order in which it was sent, whichever of
 * the verticle's addresses each message goes to.
 *
 * <p>The bus's own time-out is far above any provider's: who waits is decided there and by the
 * caller's cancellation, not by the bus.
 */
public final class LocalBus {

  private static final Logger LOG = LoggerFactory.getLogger(LocalBus.class);
  private static final int UNDELIVERED = 500;
  private static final long FOREVER_MILLIS = 24L * 60 * 60 * 1000;

  private final EventBus bus;
  private final DeliveryOptions options;
  private final List<MessageConsumer<Envelope>> consumers = new CopyOnWriteArrayList<>();

  public LocalBus(Vertx vertx) {
    this.bus = vertx.eventBus();
    this.options =
        new DeliveryOptions()
            .setLocalOnly(true)
            .setCodecName(EnvelopeCodec.NAME)
            .setSendTimeout(FOREVER_MILLIS);
  }

  /**
   * Sends a request and gives back what the reply carries. Fails with {@link InferenceException}
   * when the reply is an {@code infer.error}, and as the bus does without a consumer.
   */
  public <Q extends Payload, A extends Payload> Future<A> ask(
      LocalAddress<Q, A> address, Q question) {
    return bus.<Envelope>request(address.name(), address.request().envelope(question), options)
        .map(reply -> answer(address.reply(), reply.body()));
  }

  /** Sends a message that has no reply. */
  public <Q extends Payload> void tell(LocalInbox<Q> inbox, Q message) {
    bus.send(inbox.name(), inbox.message().envelope(message), options);
  }

  /** Answers requests on this verticle's event loop; completes when it has begun to. */
  public <Q extends Payload, A extends Payload> Future<Void> serve(
      LocalAddress<Q, A> address, Function<Q, Future<A>> handler) {
    return kept(bus.localConsumer(address.name()))
        .handler(message -> reply(message, address, handler))
        .completion();
  }

  /** Takes messages on this verticle's event loop; completes when it has begun to. */
  public <Q extends Payload> Future<Void> listen(LocalInbox<Q> inbox, Consumer<Q> handler) {
    return kept(bus.localConsumer(inbox.name()))
        .handler(message -> handler.accept(inbox.message().read(message.body())))
        .completion();
  }

  private MessageConsumer<Envelope> kept(MessageConsumer<Envelope> consumer) {
    consumers.add(consumer);
    return consumer;
  }

  /**
   * Ends what this object serves and listens to. A verticle that ends with its own context need
   * not: only one that others outlive there.
   */
  public Future<Void> close() {
    Future<?> closed = Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
    consumers.clear();
    return closed.mapEmpty();
  }

  private static <A extends Payload> A answer(MessageType<A> type, Envelope reply) {
    if (reply.payload() instanceof FailureReply failed) {
      throw new InferenceException(failed.failure());
    }
    return type.read(reply);
  }

  private <Q extends Payload, A extends Payload> void reply(
      Message<Envelope> message, LocalAddress<Q, A> address, Function<Q, Future<A>> handler) {
    answered(message.body(), address, handler)
        .onComplete(
            (answer, cause) -> {
              try {
                message.reply(
                    cause == null
                        ? address.reply().envelope(answer)
                        : FailureReply.TYPE.envelope(
                            new FailureReply(InferenceException.failureOf(cause))),
                    options);
              } catch (Throwable bug) {
                LOG.error("{}: an answer could not be sent", address.name(), bug);
                undelivered(message, answer);
              }
            });
  }

  /** Whoever has asked is told, and what the answer holds is given up. */
  private static void undelivered(Message<Envelope> message, @Nullable Payload answer) {
    try {
      if (answer instanceof LocalPayload local) {
        local.undelivered();
      }
    } finally {
      message.fail(UNDELIVERED, "its answer could not be sent");
    }
  }

  private static <Q extends Payload, A extends Payload> Future<A> answered(
      Envelope envelope, LocalAddress<Q, A> address, Function<Q, Future<A>> handler) {
    try {
      return handler.apply(address.request().read(envelope));
    } catch (Throwable bug) {
      LOG.error("{}: a request was not answered", address.name(), bug);
      return Future.failedFuture(bug);
    }
  }
}
