package dev.infermux.provider.http;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.time.Deadlines;
import dev.infermux.time.Time;
import dev.infermux.vertx.EventLoop;
import dev.infermux.vertx.TlsHandshakes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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

  /** For the usage of a stream that is complete but for it, and for its terminal event. */
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private static final Duration LINGER = Duration.ofSeconds(2);

  /** Below the usual idle limits of servers, so that few requests meet a closing connection. */
  private static final int KEEP_ALIVE_SECONDS = 30;

  private static final int MAX_HEADER_BYTES = 64 << 10;
  private static final int READ_BYTES = 64 << 10;

  private final Transport transport;
  private final ResponseDialect dialect;
  private final AttemptHeaders headers;

  /**
   * How a provider is spoken to.
   *
   * @param dialect of its answers
   * @param headers adds what differs from attempt to attempt
   */
  public record Protocol(ResponseDialect dialect, AttemptHeaders headers) {}

  /** Opens no connection yet. */
  public Upstream(
      Vertx vertx, Time time, ProviderOptions options, BaseUrl baseUrl, Protocol protocol) {
    this(transport(vertx, time, options, baseUrl, pool(MAX_CONNECTIONS, MAX_WAITING)), protocol);
  }

  Upstream(Transport transport, Protocol protocol) {
    this.transport = transport;
    this.dialect = protocol.dialect();
    this.headers = protocol.headers();
  }

  /** Sends one attempt's request and reads its answer. */
  public Future<Answer> send(Attempt attempt, RequestOptions request, Buffer body) {
    return send(attempt, request, body, dialect);
  }

  /** The same where the answer is of another dialect than the provider's usual one. */
  public Future<Answer> send(
      Attempt attempt, RequestOptions request, Buffer body, ResponseDialect answers) {
    UpstreamRequest upstreamRequest = new UpstreamRequest(transport, answers, headers, attempt);
    transport.loop().run(() -> upstreamRequest.send(request, body));
    return upstreamRequest.answer();
  }

  /**
   * Sends a request without a body, whose answer says how the provider is.
   *
   * @param cancellation the only deadline it has
   */
  Future<ModelList.Reply> status(RequestOptions request, Cancellation cancellation) {
    StatusRequest statusRequest = new StatusRequest(transport, cancellation);
    transport.loop().run(() -> statusRequest.send(request));
    return statusRequest.status();
  }

  public Future<Void> close() {
    return transport.close();
  }

  static Transport transport(
      Vertx vertx, Time time, ProviderOptions options, BaseUrl baseUrl, PoolOptions pool) {
    EventLoop loop = EventLoop.current(vertx);
    HttpClientOptions http = clientOptions(options, baseUrl);
    options.network().applyTo(http);
    return new Transport(
        new Connections(vertx, http, pool),
        loop,
        options.network().proxy(),
        new ProviderFailures(options.name(), options.context().path()),
        time.ticker(),
        new Deadlines(time, options.timeout()),
        FirstTokenLimits.of(time, options.firstTokenTimeout()),
        options.context().maxAnswerBytes(),
        options.context().buffered(),
        new ShortageLog(time.ticker()),
        new Deadlines(time, options.streamIdleTimeout()),
        new Deadlines(time, CLOSING),
        new Deadlines(time, LINGER));
  }

  private static HttpClientOptions clientOptions(ProviderOptions options, BaseUrl baseUrl) {
    Duration connect =
        options.timeout().compareTo(LONGEST_CONNECT) < 0 ? options.timeout() : LONGEST_CONNECT;
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setSsl(baseUrl.tls())
        .setSslEngineOptions(TlsHandshakes.onWorkers())
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
