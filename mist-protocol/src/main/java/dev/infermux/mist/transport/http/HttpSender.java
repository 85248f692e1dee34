package dev.infermux.mist.transport.http;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeWriter;
import dev.infermux.mist.MistErrorCode;
import dev.infermux.mist.MistException;
import dev.infermux.mist.transport.MistAddress;
import dev.infermux.mist.transport.MistSender;
import dev.infermux.mist.transport.MistSignature;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Posts envelopes to a MIST tool, one a request, over its own pool of connections.
 *
 * <p>Futures complete on the caller's context when it has one. A 2xx answer is success, whatever
 * its body; nothing is tried twice.
 */
public final class HttpSender implements MistSender {

  private final HttpClient client;
  private final MistAddress.Http address;
  private final HttpSenderOptions options;
  private final @Nullable MistSignature signature;
  private final AtomicInteger inFlight = new AtomicInteger();

  public HttpSender(Vertx vertx, MistAddress.Http address, HttpSenderOptions options) {
    this.address = address;
    this.options = options;
    this.signature = options.secret().isEmpty() ? null : new MistSignature(options.secret());
    HttpClientOptions http =
        new HttpClientOptions()
            .setSsl(address.tls())
            .setConnectTimeout(Math.toIntExact(options.timeout().toMillis()));
    options.client().accept(http);
    this.client =
        vertx.createHttpClient(http, new PoolOptions().setHttp1MaxSize(options.maxInFlight()));
  }

  @Override
  public CompletionStage<Void> send(Envelope envelope) {
    return post(envelope).toCompletionStage();
  }

  /** Succeeds when the receiver answers 2xx; fails with {@link MistException}. */
  public Future<Void> post(Envelope envelope) {
    byte[] body;
    try {
      body = EnvelopeWriter.write(envelope);
    } catch (MistException e) {
      return Future.failedFuture(e);
    }
    if (inFlight.incrementAndGet() > options.maxInFlight()) {
      inFlight.decrementAndGet();
      return Future.failedFuture(
          failure(
              MistErrorCode.UNAVAILABLE,
              "full",
              "at most " + options.maxInFlight() + " in flight"));
    }
    return new Exchange().run(body).onComplete(done -> inFlight.decrementAndGet());
  }

  /** Lets requests in flight finish, within the timeout. */
  @Override
  public CompletionStage<Void> close() {
    return client.shutdown(options.timeout().toMillis(), TimeUnit.MILLISECONDS).toCompletionStage();
  }

  private RequestOptions request(byte[] body) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(address.endpoint().getHost())
            .setPort(address.port())
            .setSsl(address.tls())
            .setURI(address.endpoint().getRawPath())
            .setConnectTimeout(options.timeout().toMillis())
            .putHeader("Content-Type", "application/json");
    if (signature != null) {
      request.putHeader(MistSignature.HEADER, signature.sign(body));
    }
    return request;
  }

  private MistException failure(MistErrorCode code, String found, String expected) {
    return new MistException(
        code, address.endpoint() + ": " + found + " (expected: " + expected + ")");
  }

  /** One request and its answer. */
  private final class Exchange {

    // The timer and the connection may belong to different threads.
    private volatile @Nullable HttpClientRequest request;
    private volatile boolean over;

    Future<Void> run(byte[] body) {
      return client
          .request(request(body))
          // Nested, so that the answer's handlers are set on its own thread before it goes on.
          .compose(opened -> begin(opened, body).compose(Exchange::finish))
          .timeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
          .recover(this::broken)
          .compose(this::judge);
    }

    private Future<HttpClientResponse> begin(HttpClientRequest opened, byte[] body) {
      request = opened;
      if (over) { // the connection came after the time was up
        opened.reset();
        return Future.failedFuture("given up");
      }
      return opened.send(Buffer.buffer(body));
    }

    private static Future<Integer> finish(HttpClientResponse answer) {
      // The future of the end fails as well; without a handler Vert.x would log the failure too.
      answer.exceptionHandler(reported -> {});
      return answer.end().map(answer.statusCode());
    }

    private Future<Integer> broken(Throwable cause) {
      over = true;
      HttpClientRequest begun = request;
      if (begun != null) {
        begun.reset();
      }
      boolean late = cause instanceof TimeoutException;
      return Future.failedFuture(
          late
              ? failure(MistErrorCode.TIMEOUT, "no answer", "one within " + options.timeout())
              : new MistException(
                  MistErrorCode.TRANSPORT, address.endpoint() + ": " + cause.getMessage(), cause));
    }

    private Future<Void> judge(int status) {
      return status / 100 == 2
          ? Future.succeededFuture()
          : Future.failedFuture(failure(Statuses.code(status), "status " + status, "2xx"));
    }
  }
}
