package dev.infermux.inbound.management;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inbound.AttributionText;
import dev.infermux.inbound.BodyReader;
import dev.infermux.inbound.Lingering;
import dev.infermux.inbound.management.view.RouteExplanation;
import dev.infermux.inbound.management.view.RouteView;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.bus.BusFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** {@code POST route/explain}: what would happen to a request, without doing it. */
final class ExplainEndpoint implements Endpoint {

  private static final String HEADERS = "X-Infermux-";

  private final RouteView route;
  private final long maxBodyBytes;

  ExplainEndpoint(RouteView route, long maxBodyBytes) {
    this.route = route;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void register(Routes routes) {
    routes.post("route/explain", this::explain);
  }

  private void explain(RoutingContext context) {
    BodyReader.read(context.request(), maxBodyBytes)
        .compose(bytes -> route.explain(ExplainedCall.of(bytes, whom(context.request()))))
        .onSuccess(explanation -> send(context, explanation))
        .onFailure(cause -> refuse(context, cause));
  }

  /** Headers as the API takes them, without its keys: they say who a call would be charged to. */
  private static Attribution whom(HttpServerRequest request) {
    return AttributionText.of(
        header(request, "Caller"), header(request, "Project"), header(request, "Env"), HEADERS);
  }

  private static String header(HttpServerRequest request, String name) {
    String value = request.getHeader(HEADERS + name);
    return value == null ? "" : new String(value.getBytes(ISO_8859_1), UTF_8);
  }

  private static void send(RoutingContext context, RouteExplanation explanation) {
    Replies.json(context, 200, Buffer.buffer(ExplanationJson.of(explanation)));
  }

  /** A body that was refused before its end takes its connection with it. */
  private static void refuse(RoutingContext context, Throwable cause) {
    HttpServerRequest request = context.request();
    boolean unread = !request.isEnded();
    if (unread) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Replies.error(context, BusFailure.failureOf(cause));
    if (unread) {
      Lingering.close(request);
    }
  }
}
