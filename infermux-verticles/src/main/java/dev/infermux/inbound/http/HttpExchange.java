package dev.infermux.inbound.http;

import dev.infermux.bus.BusFailure;
import dev.infermux.dialect.StreamTranslation;
import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.inbound.ErrorHeaders;
import dev.infermux.inbound.Lingering;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.WallClock;
import dev.infermux.mist.MistIds;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its response on the listener's event loop; every way to end it is here. */
public final class HttpExchange {

  private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final String requestId;
  private final Cancellation cancellation = new Cancellation();
  private final long startedNanos = System.nanoTime();
  private final long startedEpochNanos;

  /** Takes a request up; its caller leaving, or a broken socket, cancels what is done for it. */
  public HttpExchange(HttpServerRequest request) {
    this.startedEpochNanos = WallClock.epochNanos();
    this.request = request;
    this.response = request.response();
    this.requestId = MistIds.saneOrNew(request.getHeader(AnswerHeaders.REQUEST_ID));
    response.closeHandler(gone -> cancellation.cancel());
    response.exceptionHandler(broken -> cancellation.cancel());
  }

  public HttpServerRequest request() {
    return request;
  }

  public HttpServerResponse response() {
    return response;
  }

  public String requestId() {
    return requestId;
  }

  public Cancellation cancellation() {
    return cancellation;
  }

  public long startedNanos() {
    return startedNanos;
  }

  public long startedEpochNanos() {
    return startedEpochNanos;
  }

  /** Sends a whole JSON body. */
  public void json(int status, Buffer body) {
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status);
    response.headers().set(HttpHeaders.CONTENT_TYPE, AnswerHeaders.JSON);
    response.headers().set(AnswerHeaders.REQUEST_ID, requestId);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      response.end();
    } else {
      response.end(body);
    }
  }

  /** Sends a whole answer with its routing headers; the body may differ from the answer's own. */
  public void whole(Answer answer, Buffer body) {
    AnswerWriter.whole(this, answer, body);
  }

  /** Relays a stream to its end. */
  public void stream(Answer answer, StreamTranslation translation) {
    StreamWriter.relay(this, answer, translation);
  }

  /** Ends the exchange with what comes of a call; {@code writer} may throw. */
  public void endWith(Future<Answer> answer, BiConsumer<HttpExchange, Answer> writer) {
    answer.onComplete(
        (served, cause) -> {
          if (cause != null) {
            fail(cause);
            return;
          }
          try {
            writer.accept(this, served);
          } catch (RuntimeException e) {
            cancellation.cancel();
            fail(e);
          }
        });
  }

  /** Ends the exchange with whatever a handler failed with. */
  public void fail(Throwable cause) {
    Failure failure = BusFailure.failureOf(cause);
    if (failure instanceof Failure.Internal && !(cause instanceof InferenceException)) {
      LOG.error("request {}: unexpected failure", requestId, cause);
    }
    fail(failure);
  }

  /** Ends the exchange with a failure, unless its head is already out. */
  public void fail(Failure failure) {
    if (response.headWritten() || response.closed()) {
      return;
    }
    ErrorHeaders.set(failure, response.headers());
    boolean bodyRead = bodyRead();
    if (!bodyRead) {
      response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    json(failure.status(), ErrorJson.of(failure));
    if (!bodyRead) {
      Lingering.close(request);
    }
  }

  /** A connection whose request body was not read to its end can not carry another request. */
  private boolean bodyRead() {
    return request.isEnded() || !hasBody();
  }

  private boolean hasBody() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }
}
