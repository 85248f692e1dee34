package dev.infermux.inbound.http;

import dev.infermux.inbound.CallerConnections;
import dev.infermux.inbound.ErrorHeaders;
import dev.infermux.inbound.Listener;
import dev.infermux.inference.Failure;
import dev.infermux.time.Time;
import dev.infermux.time.Timer;
import dev.infermux.vertx.BadHead;
import dev.infermux.vertx.ConnectionCount;
import dev.infermux.vertx.ConnectionWatch;
import dev.infermux.vertx.TlsHandshakes;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The HTTP listener of one cell. All cells share the address; each owns its connections. */
public final class HttpVerticle extends VerticleBase implements Listener {

  public static final String NAME = "http";

  /** How long the last words to callers may take to be written. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /** A third of it is taken at once: 3 KB/s are progress within the usual limit of a minute. */
  private static final int SEND_BUFFER_BYTES = 256 << 10;

  private static final int MAX_HEADER_BYTES = 32 * 1024;

  private final HttpOptions options;
  private final HttpApi api;
  private final Time time;
  private final int anyPort;
  private final ConnectionWatch watch;
  private volatile @Nullable HttpServer server;

  /**
   * The socket of one cell.
   *
   * @param group names the cells of one InferMux: where any free port will do, those of one group
   *     share theirs
   * @param count of the connections of all cells
   */
  public HttpVerticle(
      HttpOptions options, HttpApi api, String group, ConnectionCount count, Time time) {
    this.watch =
        CallerConnections.watch(options.connections(), time, count, OpenAiApi.ERRORS.body());
    this.options = options;
    this.time = time;
    this.api = api;
    // Vert.x's way to say it: servers listening on one negative port share a free one.
    this.anyPort = -1 - (group.hashCode() & 0xFFFFFF);
  }

  @Override
  public Future<?> start() {
    HttpServer listening = vertx.createHttpServer(serverOptions());
    listening.requestHandler(api);
    listening.connectionHandler(watch::accept);
    listening.invalidRequestHandler(HttpVerticle::refuse);
    server = listening;
    int port = options.listen().port();
    return listening.listen(port == 0 ? anyPort : port, options.listen().host());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    HttpServer listening = server;
    return listening == null ? 0 : listening.actualPort();
  }

  @Override
  public Future<Void> certify(Path certFile, Path keyFile) {
    HttpServer listening = server;
    if (listening == null || options.tls() == null) {
      return Future.succeededFuture();
    }
    ServerSSLOptions fresh =
        serverOptions().getSslOptions().copy().setKeyCertOptions(pem(certFile, keyFile));
    // The paths may be the same as before: what stands there is not.
    return listening.updateSSLOptions(fresh, true).mapEmpty();
  }

  @Override
  public Future<Void> drain(Duration grace) {
    HttpServer listening = server;
    if (listening == null) {
      return Future.succeededFuture();
    }
    Timer ending = time.timers().start(grace, () -> api.stop());
    return listening
        .shutdown(grace.plus(FAREWELL).toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(drained -> ending.cancel());
  }

  private HttpServerOptions serverOptions() {
    HttpServerOptions http =
        new HttpServerOptions()
            // The body's reader says when: a body that is refused unseen need not be sent at all.
            .setHandle100ContinueAutomatically(false)
            // Clients that offer h2c on plain text must be served as HTTP/1.1, body and all.
            .setHttp2ClearTextEnabled(false)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            // What one read of the socket brings is one piece of a body.
            .setMaxChunkSize(64 << 10)
            .setMaxInitialLineLength(8192)
            .setSslHandshakeTimeout(options.connections().handshakeTimeout().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            // The system takes megabytes, of which a slow caller reads none that can be seen from
            // here for minutes.
            .setSendBufferSize(SEND_BUFFER_BYTES)
            // A queue for the answers of other threads takes 4.5 KB of each connection.
            .setStrictThreadMode(!api.managing())
            .setAcceptBacklog(8192);
    TlsOptions tls = options.tls();
    if (tls != null) {
      http.setSsl(true).setUseAlpn(false).setKeyCertOptions(pem(tls.certFile(), tls.keyFile()));
      http.setSslEngineOptions(TlsHandshakes.onWorkers());
    }
    return http;
  }

  private static PemKeyCertOptions pem(Path certFile, Path keyFile) {
    return new PemKeyCertOptions().addCertPath(certFile.toString()).addKeyPath(keyFile.toString());
  }

  /** What Netty could not decode: smuggling attempts, broken lines, headers without end. */
  private static void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Failure failure;
    if (cause instanceof BadHead bad) {
      failure = new Failure.Unservable("invalid_request", bad.status(), bad.getMessage());
    } else if (cause instanceof TooLongHttpLineException) {
      failure =
          new Failure.Unservable(
              "invalid_request", 414, "request line: too long (expected: at most 8192 bytes)");
    } else if (cause instanceof TooLongHttpHeaderException
        || cause instanceof TooLongFrameException) {
      failure =
          new Failure.Unservable(
              "invalid_request",
              431,
              "headers: too long (expected: at most " + MAX_HEADER_BYTES + " bytes)");
    } else {
      failure =
          new Failure.Unservable(
              "invalid_request",
              400,
              "request: malformed HTTP (expected: one well-formed HTTP/1.1 request)");
    }
    Buffer body = OpenAiApi.ERRORS.body().apply(failure);
    ErrorHeaders.set(failure, request.response().headers());
    request
        .response()
        .setStatusCode(failure.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CONNECTION, "close")
        .end(body)
        .onComplete(sent -> request.connection().close());
  }
}
