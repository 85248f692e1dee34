package dev.infermux.provider.http;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;

/**
 * One provider's connections in one cell, and the deadlines of what runs on them. Everything
 * happens on the event loop of the context that built it; calls from elsewhere are taken there.
 */
public final class Upstream {

  /** Connections to one provider from one cell; calls beyond them queue. */
  private static final int MAX_CONNECTIONS = 8_192;

  private static final int MAX_WAITING = 16_384;
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final Duration LINGER = Duration.ofSeconds(2);

  /** Below the usual idle limits of servers, so that few requests meet a closing connection. */
  private static final int KEEP_ALIVE_SECONDS = 30;

  private static final int MAX_HEADER_BYTES = 64 << 10;
  private static final int READ_BYTES = 64 << 10;

  private final Transport transport;
  private final ResponseDialect dialect;
  private final AttemptHeaders headers;

  /**
   * Opens no connection yet.
   *
   * @param dialect of the provider's answers
   * @param headers adds what differs from attempt to attempt
   */
  public Upstream(
      Vertx vertx,
      ProviderOptions options,
      BaseUrl baseUrl,
      ResponseDialect dialect,
      AttemptHeaders headers) {
    this(transport(vertx, options, baseUrl, pool(MAX_CONNECTIONS, MAX_WAITING)), dialect, headers);
  }

  Upstream(Transport transport, ResponseDialect dialect, AttemptHeaders headers) {
    this.transport = transport;
    this.dialect = dialect;
    this.headers = headers;
  }

  /** Sends one attempt's request and reads its answer. */
  public Future<Answer> send(Attempt attempt, RequestOptions request, Buffer body) {
    UpstreamRequest upstreamRequest = new UpstreamRequest(transport, dialect, headers, attempt);
    transport.loop().run(() -> upstreamRequest.send(request, body));
    return upstreamRequest.answer();
  }

  /**
   * Sends a request without a body of whose answer the status is all that matters.
   *
   * @param cancellation the only deadline it has
   */
  public Future<Integer> status(RequestOptions request, Cancellation cancellation) {
    StatusRequest statusRequest = new StatusRequest(transport, cancellation);
    transport.loop().run(() -> statusRequest.send(request));
    return statusRequest.status();
  }

  public Future<Void> close() {
    return transport.close();
  }

  static Transport transport(
      Vertx vertx, ProviderOptions options, BaseUrl baseUrl, PoolOptions pool) {
    EventLoop loop = EventLoop.current(vertx);
    HttpClient client =
        vertx
            .httpClientBuilder()
            .with(clientOptions(options, baseUrl))
            .with(pool)
            // A connection's failures fail the calls on it; by itself it would log each as an
            // error.
            .withConnectHandler(connection -> connection.exceptionHandler(known -> {}))
            .build();
    Duration first = options.firstTokenTimeout();
    return new Transport(
        client,
        loop,
        new ProviderFailures(options.name()),
        new Deadlines(vertx, options.timeout()),
        first == null ? null : new Deadlines(vertx, first),
        new Deadlines(vertx, options.streamIdleTimeout()),
        new Deadlines(vertx, LINGER));
  }

  private static HttpClientOptions clientOptions(ProviderOptions options, BaseUrl baseUrl) {
    Duration connect =
        options.timeout().compareTo(LONGEST_CONNECT) < 0 ? options.timeout() : LONGEST_CONNECT;
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setSsl(baseUrl.tls())
        .setConnectTimeout((int) Math.max(1, connect.toMillis()))
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setDecompressionSupported(false)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setMaxChunkSize(READ_BYTES)
        .setTcpNoDelay(true);
  }

  static PoolOptions pool(int connections, int waiting) {
    return new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(waiting);
  }
}
