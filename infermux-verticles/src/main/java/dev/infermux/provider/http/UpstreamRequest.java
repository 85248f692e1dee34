package dev.infermux.provider.http;

import dev.infermux.dialect.ErrorResponse;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, from connecting to the last byte. It ends exactly once: answered,
 * failed, timed out or cancelled, and then holds no timer and no registration any more.
 */
final class UpstreamRequest {

  /** The largest whole answer that is taken. */
  static final int MAX_BODY_BYTES = 64 << 20;

  /** The largest error body that is read. */
  static final int MAX_ERROR_BYTES = 64 << 10;

  private static final String NO_STREAM = "no event stream, although asked for one";

  private final Upstream upstream;
  private final Attempt attempt;
  private final ResponseDialect dialect;
  private final UpstreamConnection connection;
  private final Promise<Answer> answer = Promise.promise();
  private Deadlines.@Nullable Watch head;
  private Deadlines.@Nullable Watch firstToken;
  private @Nullable EventStream stream;
  private boolean decided;

  UpstreamRequest(Upstream upstream, Attempt attempt, ResponseDialect dialect) {
    this.upstream = upstream;
    this.attempt = attempt;
    this.dialect = dialect;
    this.connection = new UpstreamConnection(upstream);
  }

  Future<Answer> answer() {
    return answer.future();
  }

  void send(RequestOptions options, Buffer body) {
    connection.follow(attempt.cancellation(), this::cancelled);
    if (decided) {
      return;
    }
    head = upstream.head.watch(() -> silent("answer", upstream.head));
    Deadlines first = upstream.firstToken;
    if (first != null && attempt.call().stream()) {
      firstToken = first.watch(() -> silent("first token", first));
    }
    connection.connect(options, opened -> send(opened, body), this::broken);
  }

  private void send(HttpClientRequest opened, Buffer body) {
    guarded(
        () -> {
          dialect.head(attempt, opened);
          opened.response().onComplete(this::head);
          opened.end(body);
        });
  }

  private void head(AsyncResult<HttpClientResponse> arrived) {
    if (decided) {
      return;
    }
    if (arrived.failed()) {
      broken(arrived.cause());
      return;
    }
    HttpClientResponse response = arrived.result();
    response.exceptionHandler(UpstreamConnection.KNOWN);
    int status = response.statusCode();
    if (status >= 300 && status < 400) {
      String found = "a redirect (" + status + "), which is never followed; check its base_url";
      fail(upstream.failures().malformed(status, found));
    } else if (status < 200 || status >= 300) {
      collect(response, MAX_ERROR_BYTES, body -> refused(response, body));
    } else if (attempt.call().stream()) {
      streamed(response);
    } else {
      collect(response, MAX_BODY_BYTES, this::whole);
    }
  }

  /** The body has the provider's timeout once more, as a whole. */
  private void collect(HttpClientResponse response, int limit, Consumer<AsyncResult<Buffer>> then) {
    if (head != null) {
      head.touch();
    }
    response.end().onSuccess(read -> finished());
    BodyCollector.collect(response, limit)
        .onComplete(
            body -> {
              if (!decided) {
                guarded(() -> then.accept(body));
              }
            });
  }

  private void whole(AsyncResult<Buffer> body) {
    if (body.failed()) {
      fail(unreadable(body.cause()));
      return;
    }
    Answer read = dialect.whole(attempt, body.result());
    decide();
    letGo();
    answer.complete(read);
  }

  private void refused(HttpClientResponse response, AsyncResult<Buffer> body) {
    Buffer read = body.succeeded() ? body.result() : Buffer.buffer();
    fail(
        dialect.refused(
            new ErrorResponse(attempt, response.statusCode(), response.headers(), read)));
  }

  private void streamed(HttpClientResponse response) {
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    String kind = type == null ? "" : type.toLowerCase(Locale.ROOT);
    String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (kind.contains("json")) {
      collect(response, MAX_ERROR_BYTES, this::unstreamed);
    } else if (kind.contains("html")) {
      fail(upstream.failures().malformed(200, NO_STREAM));
    } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      fail(upstream.failures().malformed(200, "a compressed stream, although asked not to"));
    } else {
      if (head != null) {
        head.stop();
      }
      stream = new EventStream(this, response, dialect.events(attempt));
    }
  }

  /** A whole body where a stream was asked for: at best it is an error that says why. */
  private void unstreamed(AsyncResult<Buffer> body) {
    if (body.succeeded()) {
      dialect.whole(attempt, body.result());
    }
    fail(upstream.failures().malformed(200, NO_STREAM));
  }

  private Failure unreadable(Throwable cause) {
    return cause instanceof BodyCollector.TooLarge || cause instanceof BodyCollector.Undecodable
        ? upstream.failures().malformed(200, String.valueOf(cause.getMessage()))
        : upstream.failures().broken(cause);
  }

  /** The stream's first event is there: from here on it speaks for itself. */
  void started(EventStream started, String model) {
    decide();
    answer.complete(Answer.streamed(model, started));
  }

  private void broken(Throwable cause) {
    fail(upstream.failures().broken(cause));
  }

  private void silent(String awaited, Deadlines limit) {
    fail(upstream.failures().silent(awaited, limit.limit()));
  }

  private void cancelled() {
    if (stream != null) {
      stream.cancel();
    } else {
      fail(upstream.failures().cancelled());
    }
  }

  /** Ends an exchange that has no answer, and its connection with it. */
  void fail(Failure failure) {
    fail(new InferenceException(failure));
  }

  private void fail(Throwable cause) {
    if (decided) {
      return;
    }
    decide();
    letGo();
    if (stream != null) {
      stream.abandon();
    }
    reset();
    answer.fail(cause);
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failed) {
      fail(failed);
    }
  }

  private void decide() {
    decided = true;
    if (head != null) {
      head.stop();
    }
    if (firstToken != null) {
      firstToken.stop();
    }
  }

  /** Forgets the caller: nothing is left to cancel. */
  void letGo() {
    connection.letGo();
  }

  /** Closes the connection under an unfinished answer. */
  void reset() {
    connection.reset();
  }

  /** The answer has been read to its end: its connection is the pool's again. */
  void finished() {
    connection.finished();
  }

  Upstream upstream() {
    return upstream;
  }
}
