package dev.infermux.tokentrace.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Posts to one URL over kept connections. Safe on any thread. */
public final class Poster {
  private final HttpClient client;
  private final RequestOptions target;
  private final long timeoutMillis;

  private Poster(HttpClient client, RequestOptions target, long timeoutMillis) {
    this.client = client;
    this.target = target;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * Over HTTP/1.1.
   *
   * @param connections most open at once
   * @param timeout of a connect, and of an answer
   */
  public static Poster to(Vertx vertx, URI url, int connections, Duration timeout) {
    int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
    HttpClientOptions options =
        new HttpClientOptions().setConnectTimeout(millis).setSsl("https".equals(url.getScheme()));
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections);
    RequestOptions target =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url.toString())
            .setConnectTimeout(millis);
    return new Poster(vertx.createHttpClient(options, pool), target, millis);
  }

  /** The answer, whatever its status; fails when there is none in time. */
  public Future<Reply> post(Buffer body, Map<String, String> headers) {
    return client
        .request(target)
        .compose(
            request -> {
              headers.forEach(request::putHeader);
              return answer(request, body);
            });
  }

  private Future<Reply> answer(HttpClientRequest request, Buffer body) {
    return request
        .send(body)
        .compose(Poster::whole)
        .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
        .onFailure(cause -> request.reset());
  }

  private static Future<Reply> whole(HttpClientResponse response) {
    MultiMap headers = response.headers();
    return response.body().map(body -> new Reply(response.statusCode(), headers, body));
  }

  public Future<Void> close() {
    return client.close();
  }
}
