package dev.infermux.tokentrace.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Posts to one URL over kept connections. Safe on any thread. */
public final class HttpPoster {
  private final WebClient client;
  private final String url;
  private final long timeoutMillis;

  private HttpPoster(WebClient client, String url, long timeoutMillis) {
    this.client = client;
    this.url = url;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * Over HTTP/1.1, without following redirects.
   *
   * @param connections most open at once
   * @param timeout of a connect, and of an answer
   * @param route puts the way to the host into the client's options
   */
  public static HttpPoster to(
      Vertx vertx, URI url, int connections, Duration timeout, Consumer<HttpClientOptions> route) {
    int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
    WebClientOptions options =
        new WebClientOptions()
            .setFollowRedirects(false)
            .setUserAgentEnabled(false)
            .setConnectTimeout(millis);
    options.setSsl("https".equalsIgnoreCase(url.getScheme()));
    route.accept(options);
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections);
    return new HttpPoster(WebClient.create(vertx, options, pool), url.toString(), millis);
  }

  /** The answer, whatever its status; fails when there is none in time. */
  public Future<Reply> post(Buffer body, Map<String, String> headers) {
    return client
        .postAbs(url)
        .putHeaders(MultiMap.caseInsensitiveMultiMap().addAll(headers))
        .timeout(timeoutMillis)
        .sendBuffer(body)
        .map(HttpPoster::reply);
  }

  private static Reply reply(HttpResponse<Buffer> response) {
    Buffer body = response.body();
    return new Reply(
        response.statusCode(), response.headers(), body == null ? Buffer.buffer() : body);
  }

  public Future<Void> close() {
    client.close();
    return Future.succeededFuture();
  }
}
