package dev.infermux.bus;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.mist.bus.EnvelopeCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;

/**
 * Request and reply inside the process: payloads travel by reference in MIST envelopes.
 *
 * <p>The bus's own time-out is far above any provider's: who waits is decided there and by the
 * caller's cancellation, not by the bus.
 */
public final class LocalBus {

  public static final String SOURCE = "infermux";

  private static final long FOREVER_MILLIS = 24L * 60 * 60 * 1000;

  private final EventBus bus;
  private final DeliveryOptions options;

  public LocalBus(Vertx vertx) {
    this.bus = vertx.eventBus();
    this.options =
        new DeliveryOptions()
            .setLocalOnly(true)
            .setCodecName(EnvelopeCodec.NAME)
            .setSendTimeout(FOREVER_MILLIS);
  }

  /** Sends {@code payload} as an {@code infer.request} and gives back what the reply carries. */
  public <T extends Payload> Future<T> ask(String address, Payload payload, Class<T> answer) {
    return bus.<Envelope>request(
            address, Envelope.of(SOURCE, MistType.INFER_REQUEST, payload), options)
        .map(reply -> answer.cast(reply.body().payload()));
  }

  /**
   * Sends a payload that holds the promise of its own answer, which the receiver completes; the
   * promise fails when nobody listens.
   */
  public <T> Future<T> hand(String address, Payload payload, Promise<T> answer) {
    bus.<Envelope>sender(address, options)
        .write(Envelope.of(SOURCE, MistType.INFER_REQUEST, payload))
        .onFailure(answer::tryFail);
    return answer.future();
  }

  /** Sends {@code payload} to whoever listens; nobody answers. */
  public void tell(String address, Payload payload) {
    bus.send(address, Envelope.of(SOURCE, MistType.INFER_REQUEST, payload), options);
  }

  /** Answers a message: with an {@code infer.response}, or with the failure. */
  public void reply(Message<Envelope> message, Future<? extends Payload> answer) {
    answer.onComplete(
        (payload, cause) -> {
          if (cause != null) {
            message.reply(BusFailure.of(cause));
          } else {
            message.reply(Envelope.of(SOURCE, MistType.INFER_RESPONSE, payload), options);
          }
        });
  }
}
