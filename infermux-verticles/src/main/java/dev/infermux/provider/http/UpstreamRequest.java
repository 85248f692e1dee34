package dev.infermux.provider.http;

import dev.infermux.dialect.ProviderFailures.Limit;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.network.ProxyServer;
import dev.infermux.time.Deadlines;
import dev.infermux.vertx.Buffers;
import dev.infermux.vertx.ConnectionUse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, from connecting to the last byte. It ends exactly once: answered,
 * failed, timed out or cancelled, and then holds no timer and no registration any more.
 */
final class UpstreamRequest implements AnswerExchange {

  /** How soon a kept connection ends that the provider had given up. */
  private static final Duration GIVEN_UP_WITHIN = Duration.ofSeconds(1);

  private final Transport transport;
  private final AttemptHeaders headers;
  private final Attempt attempt;
  private final UpstreamConnection connection;
  private final FailedCharge charge;
  private final AnswerReading reading;
  private final Promise<Answer> answer = Promise.promise();
  private Deadlines.@Nullable Watch head;
  private Deadlines.@Nullable Watch firstToken;
  private @Nullable EventStream stream;
  private String mediaType = "";
  private boolean decided;

  /** Makes the request on a fresh connection; null = it has been made there. */
  private @Nullable Runnable again;

  /** 0 = not yet. */
  private long sentNanos;

  private long heardNanos;

  UpstreamRequest(
      Transport transport, ResponseDialect dialect, AttemptHeaders headers, Attempt attempt) {
    this.transport = transport;
    this.headers = headers;
    this.attempt = attempt;
    this.connection = new UpstreamConnection(transport);
    this.charge = new FailedCharge(attempt, dialect);
    this.reading = new AnswerReading(transport, connection, dialect, attempt, charge, this);
  }

  Future<Answer> answer() {
    return answer.future();
  }

  void send(RequestOptions options, Buffer body) {
    connection.follow(attempt.cancellation(), this::cancelled);
    if (decided) {
      return;
    }
    head = transport.head().watch(() -> silent(Limit.ANSWER, transport.head()));
    if (attempt.call().stream()) {
      awaitFirstToken();
    }
    again = () -> connect(transport.connections().fresh(), options, body);
    connect(transport.connections().kept(), options, body);
  }

  private void awaitFirstToken() {
    Deadlines limit = transport.firstToken().of(attempt.last());
    firstToken = limit.watch(() -> silent(Limit.FIRST_TOKEN, limit));
  }

  private void connect(HttpClient client, RequestOptions options, Buffer body) {
    connection.connect(client, options, opened -> send(opened, body), this::unconnected);
  }

  private void send(HttpClientRequest opened, Buffer body) {
    guarded(
        () -> {
          headers.add(attempt, opened);
          ConnectionUse use = ConnectionUse.of(opened.connection());
          boolean kept = use.asked();
          sentNanos = transport.ticker().nanos();
          heardNanos = sentNanos;
          opened.response().onComplete(arrived -> head(arrived, kept && !use.heard()));
          write(opened, body);
        });
  }

  /** Part by part: Netty would first put one that has several into a new array. */
  private static void write(HttpClientRequest opened, Buffer body) {
    List<Buffer> parts = Buffers.parts(body);
    if (parts.size() > 1) {
      opened.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    }
    for (Buffer part : parts.subList(0, parts.size() - 1)) {
      opened.write(part);
    }
    opened.end(parts.get(parts.size() - 1));
  }

  /** The connection was given up between the moment it was taken and its use. */
  private void unconnected(Throwable cause) {
    Runnable fresh = again;
    if (cause instanceof HttpClosedException && fresh != null && !decided) {
      again = null;
      fresh.run();
    } else {
      broken(cause);
    }
  }

  /**
   * Takes the head of the answer, or the end of the connection. A kept connection that ends at once
   * and without a byte was given up before the request came (RFC 9112, 9.3.1): it is made again on
   * a fresh one, of which nobody else hears.
   */
  private void head(AsyncResult<HttpClientResponse> arrived, boolean unheard) {
    if (decided) {
      return;
    }
    if (arrived.failed()) {
      Runnable fresh = again;
      boolean soon = transport.ticker().nanos() - sentNanos <= GIVEN_UP_WITHIN.toNanos();
      if (unheard && soon && fresh != null) {
        again = null;
        fresh.run();
      } else {
        broken(arrived.cause());
      }
      return;
    }
    heardNanos = transport.ticker().nanos();
    HttpClientResponse response = arrived.result();
    response.exceptionHandler(UpstreamConnection.KNOWN);
    int status = response.statusCode();
    ProxyServer proxy = transport.proxy();
    if (proxy != null && ProxyFailure.isOne(status)) {
      fail(ProxyFailure.unauthorized(transport.failures(), proxy));
    } else if (status >= 300 && status < 400) {
      String found = "a redirect (" + status + "), which is never followed; check its base_url";
      fail(transport.failures().malformed(status, found));
    } else if (status < 200 || status >= 300) {
      reading.error(response);
    } else {
      charge.accepted();
      reading.success(response);
    }
  }

  @Override
  public void collecting() {
    if (head != null) {
      head.touch();
    }
  }

  @Override
  public void streaming() {
    if (head != null) {
      head.stop();
    }
    if (firstToken == null) {
      awaitFirstToken();
    }
  }

  @Override
  public void streams(EventStream begun, String type) {
    stream = begun;
    mediaType = type;
  }

  @Override
  public void answered(Answer whole) {
    decide();
    connection.letGo();
    answer.complete(whole);
  }

  @Override
  public void step(Runnable step) {
    if (!decided) {
      guarded(step);
    }
  }

  @Override
  public void heard() {
    heardNanos = transport.ticker().nanos();
  }

  @Override
  public void begun(EventStream begun, String model) {
    decide();
    answer.complete(Answer.streamed(model, begun).ofType(mediaType));
  }

  @Override
  public void broken(Throwable cause) {
    long silent = sentNanos == 0 ? 0 : transport.ticker().nanos() - heardNanos;
    fail(TransportFailures.broken(transport, cause, silent));
  }

  private void silent(Limit awaited, Deadlines limit) {
    fail(transport.failures().silent(awaited, limit.limit()));
  }

  private void cancelled() {
    if (stream != null) {
      stream.cancel();
    } else {
      fail(transport.failures().cancelled());
    }
  }

  @Override
  public void failed(Failure failure) {
    fail(failure);
  }

  /** Ends an exchange that has no answer, and its connection with it. */
  private void fail(Failure failure) {
    fail(new InferenceException(failure));
  }

  private void fail(Throwable cause) {
    if (decided) {
      return;
    }
    decide();
    connection.letGo();
    Failure failure = InferenceException.failureOf(cause);
    try {
      if (stream == null) {
        charge.tell(failure, null, false);
      } else {
        stream.abandon(charge, failure);
      }
    } finally {
      connection.reset();
      answer.fail(cause);
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable failed) {
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
}
