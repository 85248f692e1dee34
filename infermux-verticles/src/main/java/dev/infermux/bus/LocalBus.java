package dev.infermux.bus;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.Payload;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.vertx.Contexts;
import dev.infermux.vertx.Discards;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
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
  private static final String UNSENT = "its answer could not be sent";
  private static final long FOREVER_MILLIS = 24L * 60 * 60 * 1000;

  private final Vertx vertx;
  private final EventBus bus;
  private final DeliveryOptions options;
  private final @Nullable ReplyInbox replies;
  private final List<MessageConsumer<Envelope>> consumers = new CopyOnWriteArrayList<>();

  /** For any thread. */
  public LocalBus(Vertx vertx) {
    this(vertx, null);
  }

  /**
   * For a verticle that asks often, on its event loop, and for as long as it lives: its questions
   * cost less. Must be called on the verticle's context.
   */
  public static LocalBus ofVerticle(Vertx vertx) {
    return new LocalBus(vertx, new ReplyInbox(vertx.eventBus()));
  }

  private LocalBus(Vertx vertx, @Nullable ReplyInbox replies) {
    this.vertx = vertx;
    this.replies = replies;
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
    if (replies != null) {
      return ask(address, question, replies);
    }
    return bus.<Envelope>request(address.name(), address.request().envelope(question), options)
        .map(reply -> answer(address.reply(), reply.body()));
  }

  private <Q extends Payload, A extends Payload> Future<A> ask(
      LocalAddress<Q, A> address, Q question, ReplyInbox replies) {
    Promise<A> promise = Contexts.promise(vertx);
    BusRequest<A> request =
        new BusRequest<>(question, replies.address(), address.reply().payload(), promise);
    Future<Void> sent =
        bus.<Envelope>sender(address.name(), options).write(address.request().enclose(request));
    if (!sent.succeeded()) {
      sent.onFailure(promise::tryFail);
    }
    return promise.future();
  }

  /** Sends a message that has no reply. */
  public <Q extends Payload> void tell(LocalInbox<Q> inbox, Q message) {
    bus.send(inbox.name(), inbox.message().envelope(message), options);
  }

  /** Answers requests on this verticle's event loop; completes when it has begun to. */
  public <Q extends Payload, A extends Payload> Future<Void> serve(
      LocalAddress<Q, A> address, Function<Q, Future<A>> handler) {
    return kept(Discards.handle(bus.localConsumer(address.name()), LocalBus::unserved))
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
                if (cause == null) {
                  reply(message, address.reply(), answer);
                } else {
                  Failure failure = InferenceException.failureOf(cause);
                  reply(message, FailureReply.TYPE, new FailureReply(failure));
                }
              } catch (Throwable bug) {
                LOG.error("{}: an answer could not be sent", address.name(), bug);
                undelivered(message, answer);
              }
            });
  }

  private <A extends Payload> void reply(
      Message<Envelope> question, MessageType<A> type, A answer) {
    if (question.body().payload() instanceof BusRequest<?> request) {
      bus.send(request.replies(), type.enclose(new BusReply(answer, request)), options);
    } else {
      question.reply(type.envelope(answer), options);
    }
  }

  /** Whoever has asked is told, and what the answer holds is given up. */
  private static void undelivered(Message<Envelope> message, @Nullable Payload answer) {
    try {
      BusReply.giveUp(answer);
    } finally {
      if (message.body().payload() instanceof BusRequest<?> request) {
        request.unanswered(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, UNDELIVERED, UNSENT));
      } else {
        message.fail(UNDELIVERED, UNSENT);
      }
    }
  }

  /** The verticle ended while the question was on its way to it. */
  private static void unserved(Message<Envelope> message) {
    if (message.body().payload() instanceof BusRequest<?> request) {
      request.unserved(message.address());
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
