package dev.infermux.inbound.http;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.dialect.mist.InferRequestReader;
import dev.infermux.dialect.mist.InferResponses;
import dev.infermux.dialect.mist.MessageLimit;
import dev.infermux.inbound.HeaderText;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.HealthPing;
import dev.infermux.mist.HealthPong;
import dev.infermux.mist.MistException;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import io.vertx.core.buffer.Buffer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** {@code POST /mist}: one envelope in, one envelope out. */
final class MistEndpoint implements HttpEndpoint {

  private static final AnswerFormat ENVELOPE =
      AnswerFormat.of(
          answer -> written(MistType.INFER_RESPONSE, InferResponses.of(answer)),
          (requestId, servedBy) -> StreamTranslation.NONE);

  private final Authenticator authenticator;
  private final LongSupplier maxBodyBytes;
  private final Supplier<HealthPong> pong;

  MistEndpoint(Authenticator authenticator, LongSupplier maxBodyBytes, Supplier<HealthPong> pong) {
    this.authenticator = authenticator;
    this.maxBodyBytes = maxBodyBytes;
    this.pong = pong;
  }

  /** A health ping is none, but ends well. */
  @Override
  public Operation operation() {
    return Operation.CHAT;
  }

  @Override
  public void serve(HttpExchange exchange, Caller caller) {
    exchange
        .body(Math.min(maxBodyBytes.getAsLong(), EnvelopeReader.MAX_BYTES))
        .onSuccess(bytes -> received(exchange, caller, bytes))
        .onFailure(exchange::fail);
  }

  private void received(HttpExchange exchange, Caller caller, byte[] bytes) {
    try {
      authenticator.checkSignature(exchange.request().headers(), bytes);
      Envelope envelope = EnvelopeReader.receive(bytes);
      switch (envelope.type()) {
        case MistType.INFER_REQUEST -> infer(exchange, caller, envelope);
        case MistType.HEALTH_PING -> {
          envelope.payloadAs(HealthPing.class);
          exchange.json(200, written(MistType.HEALTH_PONG, pong.get()));
        }
        default -> throw unaccepted(envelope.type());
      }
    } catch (MistException e) {
      exchange.fail(new Failure.InvalidRequest("envelope: " + e.getMessage(), null));
    } catch (Throwable e) {
      exchange.fail(e);
    }
  }

  private void infer(HttpExchange exchange, Caller caller, Envelope envelope) {
    InferRequestReader infer =
        InferRequestReader.of(envelope.payload().json(), caller.attribution(), false);
    Call call = CallFactory.mist(exchange, caller, "/mist", infer, ENVELOPE);
    AnswerWriter.endWith(exchange, exchange.ask(call), ENVELOPE);
  }

  private static Buffer written(String type, Payload payload) {
    return Buffer.buffer(MessageLimit.written(Envelope.of(MistSource.INFERMUX, type, payload)));
  }

  private static InferenceException unaccepted(String type) {
    return new InferenceException(
        new Failure.InvalidRequest(
            "type: \""
                + HeaderText.of(type)
                + "\" (expected: "
                + MistType.INFER_REQUEST
                + " | "
                + MistType.HEALTH_PING
                + ")",
            "type"));
  }
}
