package dev.infermux.inbound.bus;

import dev.infermux.bus.BusAddresses;
import dev.infermux.dialect.mist.InferRequestReader;
import dev.infermux.dialect.mist.InferResponses;
import dev.infermux.inbound.Listener;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistIds;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.MistType;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;

/**
 * Answers {@code infer.request} envelopes on {@link BusAddresses#INFER} with {@code infer.response}
 * ones, or with a failure whose code is the HTTP status.
 */
public final class BusVerticle extends VerticleBase implements Listener {

  private final RouterClient router;

  public BusVerticle(RouterClient router) {
    this.router = router;
  }

  @Override
  public Future<?> start() {
    BusFailureCodec.register(vertx.eventBus());
    return vertx
        .eventBus()
        .<Envelope>consumer(BusAddresses.INFER)
        .handler(message -> reply(message, answer(message)))
        .completion();
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

  private static void reply(Message<Envelope> message, Future<Answer> answer) {
    answer
        .map(InferResponses::of)
        .onSuccess(
            response ->
                message.reply(Envelope.of(MistSource.INFERMUX, MistType.INFER_RESPONSE, response)))
        .onFailure(cause -> message.reply(BusFailure.of(cause)));
  }

  private Future<Answer> answer(Message<Envelope> message) {
    try {
      return router.ask(call(message.body()));
    } catch (InferenceException refused) {
      return Future.failedFuture(refused);
    }
  }

  private Call call(Envelope envelope) {
    if (!envelope.type().equals(MistType.INFER_REQUEST)) {
      throw new InferenceException(
          new Failure.InvalidRequest(
              "type: \"" + envelope.type() + "\" (expected: " + MistType.INFER_REQUEST + ")",
              "type"));
    }
    return InferRequestReader.of(envelope.payload().json(), Attribution.ANONYMOUS, false)
        .call(MistIds.saneOrNew(envelope.id()), "bus", router.time());
  }
}
