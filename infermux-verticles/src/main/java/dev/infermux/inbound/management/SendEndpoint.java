package dev.infermux.inbound.management;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST send/chat} and {@code send/infer}: what operators try out from the page, where the
 * API of callers has another listener. The operator is admitted as for any change, and the caller
 * as there; since {@code Authorization} is the operator's, the caller's key has a header of its
 * own.
 */
final class SendEndpoint implements ManagementEndpoint {

  private static final String CALLER_KEY = "X-Infermux-Key";

  private volatile @Nullable Function<String, Handler<RoutingContext>> apis;

  /**
   * Serves from now on.
   *
   * @param apis what serves the resource of a documented path of the callers' API
   */
  void by(Function<String, Handler<RoutingContext>> apis) {
    this.apis = apis;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.change("send/chat", context -> send(context, "/v1/chat/completions"));
    routes.change("send/infer", context -> send(context, "/infer"));
  }

  private void send(RoutingContext context, String path) {
    Function<String, Handler<RoutingContext>> there = apis;
    if (there == null) {
      throw new InferenceException(
          new Failure.Unservable("not_ready", 503, "the API of callers is not there yet"));
    }
    MultiMap headers = context.request().headers();
    String key = headers.get(CALLER_KEY);
    headers.remove(CALLER_KEY).remove(HttpHeaders.AUTHORIZATION);
    if (key != null) {
      headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + key);
    }
    there.apply(path).handle(context);
  }
}
