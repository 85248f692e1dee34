package dev.infermux.inbound.bus;

import dev.infermux.inbound.InferTranslation;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.answer.Answer;
import dev.infermux.inference.bus.Addresses;
import dev.infermux.inference.bus.LocalHop;
import dev.infermux.inference.call.Call;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistIds;
import dev.infermux.mist.MistType;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;

/**
 * Answers {@code infer.request} envelopes on {@link Addresses#INFER} with {@code infer.response}
 * ones, or with a failure whose code is the HTTP status.
 */
public final class BusVerticle extends VerticleBase {

  private final RouterClient router;
  private final LocalHop hop;

  public BusVerticle(RouterClient router, LocalHop hop) {
    this.router = router;
    this.hop = hop;
  }

  @Override
  public Future<?> start() {
    return vertx
        .eventBus()
        .<Envelope>consumer(Addresses.INFER)
        .handler(message -> hop.reply(message, answer(message)))
        .completion();
  }

  private Future<Answer> answer(Message<Envelope> message) {
    try {
      return router.ask(call(message.body()));
    } catch (InferenceException refused) {
      return Future.failedFuture(refused);
    }
  }

  private static Call call(Envelope envelope) {
    if (!envelope.type().equals(MistType.INFER_REQUEST)) {
      throw new InferenceException(
          new Failure.InvalidRequest(
              "type: \"" + envelope.type() + "\" (expected: " + MistType.INFER_REQUEST + ")",
              "type"));
    }
    return InferTranslation.of(envelope.payload().json(), Attribution.ANONYMOUS, false)
        .call(MistIds.saneOrNew(envelope.id()), "bus");
  }
}
