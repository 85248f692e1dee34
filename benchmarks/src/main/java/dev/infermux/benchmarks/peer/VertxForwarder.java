package dev.infermux.benchmarks.peer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Set;

/**
 * The floor of a gateway on Vert.x's HTTP: takes a request, sends it on over a kept connection, and
 * answers what comes back. It parses no body, knows no key, chooses nothing, counts nothing and
 * traces nothing; whatever it costs, a gateway on Vert.x costs too.
 */
final class VertxForwarder {

  private static final int MOST_CONNECTIONS = 12_000;
  private static final int BACKLOG = 8192;
  private static final Set<String> OF_ONE_HOP =
      Set.of("connection", "host", "content-length", "transfer-encoding", "keep-alive");

  private final HttpClient client;
  private final int upstream;

  private VertxForwarder(HttpClient client, int upstream) {
    this.client = client;
    this.upstream = upstream;
  }

  /** Listens on the first port and sends on to the second, until it is ended. */
  public static void main(String[] ports) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(true).setKeepAliveTimeout(300),
            new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    var forwarder = new VertxForwarder(client, Integer.parseInt(ports[1]));
    vertx
        .createHttpServer(new HttpServerOptions().setAcceptBacklog(BACKLOG))
        .requestHandler(forwarder::serve)
        .listen(Integer.parseInt(ports[0]), "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void serve(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    request
        .body()
        .compose(body -> sent(request, body))
        .onSuccess(answer -> answer(response, answer))
        .onFailure(cause -> response.reset());
  }

  private Future<HttpClientResponse> sent(HttpServerRequest request, Buffer body) {
    return client
        .request(
            new RequestOptions()
                .setMethod(request.method())
                .setHost("127.0.0.1")
                .setPort(upstream)
                .setURI(request.uri()))
        .compose(up -> sent(request, up, body));
  }

  private static Future<HttpClientResponse> sent(
      HttpServerRequest request, HttpClientRequest up, Buffer body) {
    request.response().closeHandler(gone -> up.reset());
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (passes(name)) {
                up.putHeader(name, value);
              }
            });
    return up.send(body);
  }

  private static void answer(HttpServerResponse response, HttpClientResponse answer) {
    response.setStatusCode(answer.statusCode());
    answer
        .headers()
        .forEach(
            (name, value) -> {
              if (passes(name)) {
                response.putHeader(name, value);
              }
            });
    String type = answer.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null && type.startsWith("text/event-stream")) {
      response.setChunked(true);
      answer.pipeTo(response).onFailure(cause -> response.reset());
    } else {
      answer.body().onSuccess(response::end).onFailure(cause -> response.reset());
    }
  }

  private static boolean passes(String name) {
    return !OF_ONE_HOP.contains(name.toLowerCase(Locale.ROOT));
  }
}
