package dev.infermux.inbound.http;

import dev.infermux.inbound.AnswerHold;
import dev.infermux.inbound.AnswerIdentity;
import dev.infermux.inbound.BodyReader;
import dev.infermux.inbound.ErrorHeaders;
import dev.infermux.inbound.Lingering;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.NoRoom;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its response on the listener's event loop; every way to end it is here. */
final class HttpExchange implements Handler<Void> {

  private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);
  private static final Failure LEFT =
      new Failure.Cancelled("request body: the caller left before it was read");

  private final RoutedRequest routed;
  private final HttpServerRequest request;
  private final RouterClient router;
  private final ErrorFormat errors;
  private final LimitsOptions limits;
  private final HttpServerResponse response;
  private final String requestId;
  private final Cancellation cancellation = new Cancellation();
  private final long startedNanos;
  private final long startedEpochNanos;
  private final OpenExchanges open;
  private final AnswerHold hold;
  private Consumer<Failure> ending = this::fail;
  private @Nullable Context context;
  private @Nullable RefusalReport report;
  private @Nullable BodyReader body;
  private @Nullable SlicedAnswer large;

  /** Takes a request up; its caller leaving, or a broken socket, cancels what is done for it. */
  HttpExchange(
      RoutedRequest routed,
      RouterClient router,
      ErrorFormat errors,
      LimitsOptions limits,
      OpenExchanges open) {
    this.open = open;
    this.startedNanos = router.time().nanos();
    this.startedEpochNanos = router.time().epochNanos();
    this.routed = routed;
    this.request = routed.request();
    this.router = router;
    this.hold = new AnswerHold(router.buffered());
    this.errors = errors;
    this.limits = limits;
    this.response = request.response();
    this.requestId = AnswerIdentity.requestId(request.headers());
    response.closeHandler(gone -> gone());
    // Its own handler, so that no call pays for one.
    response.endHandler(this);
    response.exceptionHandler(broken -> cancellation.cancel());
    if (response.closed()) {
      // Its handlers are told no more.
      cancellation.cancel();
      hold.release();
    }
  }

  /** The response has ended, or its connection: what was held for it is given back. */
  @Override
  public void handle(Void ended) {
    if (body != null) {
      body.release();
    }
    if (large != null) {
      large.stop();
    }
    hold.release();
  }

  private void gone() {
    cancellation.cancel();
    open.remove(this);
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return response;
  }

  String requestId() {
    return requestId;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** What is held of the account for its answer. */
  AnswerHold hold() {
    return hold;
  }

  long startedNanos() {
    return startedNanos;
  }

  long startedEpochNanos() {
    return startedEpochNanos;
  }

  /** To the router of the cell that serves it. */
  RouterClient router() {
    return router;
  }

  /** The request asks for inference: it is reported, however it ends. */
  void reportedBy(RefusalReport report) {
    this.report = report;
  }

  /** Puts the request's call to the router. */
  Future<Answer> ask(Call call) {
    if (report != null) {
      report.asked();
    }
    context = Vertx.currentContext();
    open.add(this);
    if (cancellation.isCancelled()) {
      open.remove(this);
    }
    return router.ask(call);
  }

  /** How it ends when it must end now; by default as with any failure. */
  void endsBy(Consumer<Failure> ending) {
    this.ending = ending;
  }

  /** Ends it with a failure, and what is done for it. Safe on any thread. */
  void stop(Failure failure) {
    if (context == null) {
      stopHere(failure);
    } else {
      context.runOnContext(here -> stopHere(failure));
    }
  }

  private void stopHere(Failure failure) {
    if (!response.ended() && !response.closed()) {
      ending.accept(failure);
      gone();
    }
  }

  ErrorFormat errors() {
    return errors;
  }

  LimitsOptions limits() {
    return limits;
  }

  /** Whether a body without a length ends with its connection: HTTP/1.0 has no chunks. */
  boolean endsByClosing() {
    return request.version() == HttpVersion.HTTP_1_0;
  }

  /** Ends a response that was written in pieces. */
  void endStream() {
    open.remove(this);
    response.end();
    if (endsByClosing()) {
      request.connection().close();
    }
  }

  /** Ends a response of which not all has come, so that its caller sees that. */
  void breakOff() {
    open.remove(this);
    if (!response.closed() && !response.ended()) {
      response.reset();
    }
  }

  /** What follows the path of the route; empty at the path itself. */
  String rest() {
    return routed.rest();
  }

  /** The whole body of the request; refuses more bytes than {@code limit}. */
  Future<byte[]> body(long limit) {
    Buffer read = routed.body();
    if (read != null) {
      return BodyReader.of(read, limit);
    }
    BodyReader reader = new BodyReader(request, limit, router.buffered());
    body = reader;
    Future<byte[]> whole = reader.read();
    if (response.closed()) {
      // Nobody will be told that it has ended.
      reader.release();
      return Future.failedFuture(new InferenceException(LEFT));
    }
    return whole;
  }

  /** Sends a whole JSON body. */
  void json(int status, Buffer body) {
    answer(status, AnswerHeaders.JSON, body);
  }

  /** Sends a whole body. */
  void answer(int status, CharSequence mediaType, Buffer body) {
    open.remove(this);
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status);
    response.headers().set(HttpHeaders.CONTENT_TYPE, mediaType);
    AnswerIdentity.set(response.headers(), requestId, router);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      response.end();
    } else if (body.length() <= SlicedAnswer.SLICE) {
      response.end(body);
    } else if (hold.holds(body.length())) {
      response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      large = new SlicedAnswer(response, body, hold);
      large.write();
    } else {
      // Nobody has counted it before.
      fail(NoRoom.of("answer", router.buffered().limit()));
    }
  }

  /** Ends the exchange with the failure of a handler. */
  void fail(Throwable cause) {
    Failure failure = InferenceException.failureOf(cause);
    if (failure instanceof Failure.Internal && !(cause instanceof InferenceException)) {
      LOG.error("request {}: unexpected failure", requestId, cause);
    }
    fail(failure);
  }

  /** Ends the exchange with a failure, unless its head is already out. */
  void fail(Failure failure) {
    if (report != null) {
      report.refused(this, failure);
    }
    if (response.closed() || response.ended()) {
      return;
    }
    if (response.headWritten()) {
      // Half an answer must not look like a whole one.
      request.connection().close();
      return;
    }
    ErrorHeaders.set(failure, response.headers());
    boolean bodyRead = bodyRead();
    if (!bodyRead) {
      response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    json(failure.status(), errors.body().apply(failure));
    if (!bodyRead) {
      Lingering.close(request, router.time().timers());
    }
  }

  /** A connection whose request body was not read to its end cannot carry another request. */
  private boolean bodyRead() {
    return request.isEnded() || !hasBody();
  }

  private boolean hasBody() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }
}
