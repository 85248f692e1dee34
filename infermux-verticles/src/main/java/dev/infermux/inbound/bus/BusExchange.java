package dev.infermux.inbound.bus;

import dev.infermux.dialect.mist.InferResponses;
import dev.infermux.dialect.mist.MessageLimit;
import dev.infermux.inbound.AnswerHold;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inference.Call;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.NoRoom;
import dev.infermux.inference.RefusedCall;
import dev.infermux.memory.BufferedKind;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferResponse;
import dev.infermux.mist.MistIds;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request over the bus, and its reply. */
final class BusExchange {

  private static final Logger LOG = LoggerFactory.getLogger(BusExchange.class);

  private final RouterClient router;
  private final Message<Object> message;
  private final String requestId;
  private final BusCalls calls;
  private final AnswerHold hold;
  private final Promise<Void> over = Promise.promise();

  BusExchange(RouterClient router, Message<Object> message) {
    this.router = router;
    this.message = message;
    String id = message.body() instanceof Envelope envelope ? envelope.id() : "";
    this.requestId = MistIds.saneOrNew(id);
    this.hold = new AnswerHold(router.buffered());
    this.calls = new BusCalls(requestId, message.headers(), router.time(), hold);
  }

  String requestId() {
    return requestId;
  }

  void cancel() {
    calls.cancellation().cancel();
  }

  /** Completes when the last reply is out. */
  Future<Void> serve() {
    Call call;
    try {
      call = calls.call(message.body());
    } catch (Throwable refused) {
      router.refuse(RefusedCall.of(calls.unread(), refused));
      fail(refused);
      return over.future();
    }
    int bytes = call.body().bytes().length;
    if (!router.buffered().take(BufferedKind.REQUESTS, bytes, 0)) {
      InferenceException full = noRoom();
      router.refuse(RefusedCall.of(call, full));
      fail(full);
      return over.future();
    }
    return contained(call)
        .onComplete(
            ended -> {
              router.buffered().release(BufferedKind.REQUESTS, bytes);
              hold.release();
            });
  }

  /** A bug ends the request, instead of leaving its caller to wait. */
  private Future<Void> contained(Call call) {
    try {
      return asked(call);
    } catch (Throwable bug) {
      cancel();
      fail(bug);
      return over.future();
    }
  }

  private Future<Void> asked(Call call) {
    if (call.stream()) {
      return new BusStream(message, call, router).relay(router.ask(call));
    }
    router
        .ask(call)
        .map(InferResponses::of)
        .onComplete(
            (response, cause) -> {
              if (cause == null) {
                reply(response);
              } else {
                fail(cause);
              }
            });
    return over.future();
  }

  private void reply(InferResponse response) {
    try {
      Envelope reply = Envelope.of(MistSource.INFERMUX, MistType.INFER_RESPONSE, response);
      if (fromAnotherNode()) {
        MessageLimit.check(response, reply);
      }
      message.reply(reply);
      over.complete();
    } catch (Throwable tooLarge) {
      fail(tooLarge);
    }
  }

  /** What came as bytes is answered with bytes. */
  private boolean fromAnotherNode() {
    return message.body() instanceof Envelope envelope && envelope.payload() instanceof RawPayload;
  }

  private void fail(Throwable cause) {
    if (!(cause instanceof InferenceException)) {
      LOG.error("request {} over the bus: unexpected failure", requestId, cause);
    }
    try {
      message.reply(BusFailures.of(cause));
    } finally {
      over.complete();
    }
  }

  private InferenceException noRoom() {
    return new InferenceException(NoRoom.of("request", router.buffered().limit()));
  }
}
