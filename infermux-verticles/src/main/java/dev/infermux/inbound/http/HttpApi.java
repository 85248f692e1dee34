package dev.infermux.inbound.http;

import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Operation;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of one InferMux: all front APIs behind one vertx-web {@link Router}, which may be
 * mounted below any path of a program's own. Safe on any event loop.
 */
public final class HttpApi implements Handler<HttpServerRequest> {

  private static final Failure STOPPING =
      new Failure.Overloaded(
          "the gateway stops before the answer is whole (expected: ask again, it or another one)",
          Duration.ofSeconds(1));

  private final CellDispatcher cells;
  private final HttpOptionsInForce options;
  private final ApiRoutes routes;
  private final Router router;
  private final OpenExchanges open = new OpenExchanges();
  private final boolean managing;

  /**
   * The API that a program's servers and the listeners of all cells share.
   *
   * @param management serves what is below {@code /_infermux/}, or null where another listener does
   */
  public HttpApi(
      Vertx vertx, FrontApiServices services, CellDispatcher cells, @Nullable Router management) {
    this(vertx, services.options(), FrontApis.of(services), cells, management);
  }

  HttpApi(
      Vertx vertx,
      HttpOptionsInForce options,
      List<FrontApi> apis,
      CellDispatcher cells,
      @Nullable Router management) {
    this.cells = cells;
    this.options = options;
    this.routes = new ApiRoutes(vertx, this, apis, options);
    this.router = routes.router(management);
    this.managing = management != null;
  }

  /** A route and the API that it is of. */
  record Target(FrontApi api, HttpRoute route) {}

  /** Who authenticates its callers. */
  public Authenticator authenticator() {
    return options.authenticator();
  }

  /** Whether what is below {@code /_infermux/} is served too, whose answers come on any thread. */
  boolean managing() {
    return managing;
  }

  /** All routes, to be mounted as a sub-router. */
  public Router router() {
    return router;
  }

  /**
   * The resource with this documented path alone, wherever a program mounts it.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Handler<RoutingContext> single(String path) {
    return routes.single(path);
  }

  /** Serves a request of a server whose whole path is the API's. */
  @Override
  public void handle(HttpServerRequest request) {
    router.handle(request);
  }

  /** Ends what is in flight: a stream with the error event of its dialect. Safe on any thread. */
  public void stop() {
    open.stop(STOPPING);
  }

  void serve(RoutedRequest routed, Target target) {
    FrontApi api = target.api();
    cells.dispatch(
        routed.request(),
        client -> {
          HttpExchange exchange =
              exchange(routed, client, ErrorFormats.of(target, routed.request().headers()));
          RefusalReport report = reporting(exchange, target.route());
          try {
            Caller caller =
                options.authenticator().authenticate(routed.request().headers(), api.credentials());
            if (report != null) {
              report.from(caller);
            }
            target.route().endpoint().serve(exchange, caller);
          } catch (Throwable failure) {
            exchange.fail(failure);
          }
        });
  }

  /**
   * Refuses a request that no route serves.
   *
   * @param near the route that it may have been meant for, or null
   */
  void refuse(RoutedRequest routed, ErrorFormat errors, Failure failure, @Nullable HttpRoute near) {
    cells.dispatch(
        routed.request(),
        client -> {
          HttpExchange exchange = exchange(routed, client, errors);
          if (near != null) {
            reporting(exchange, near);
          }
          exchange.fail(failure);
        });
  }

  private HttpExchange exchange(RoutedRequest routed, RouterClient client, ErrorFormat errors) {
    HttpExchange exchange = new HttpExchange(routed, client, errors, options.now().limits(), open);
    if (!errors.requestIdHeader().isEmpty()) {
      exchange.response().headers().set(errors.requestIdHeader(), exchange.requestId());
    }
    return exchange;
  }

  /** Only requests for inference are reported. */
  private static @Nullable RefusalReport reporting(HttpExchange exchange, HttpRoute route) {
    Operation operation = route.endpoint().operation();
    if (operation == null) {
      return null;
    }
    RefusalReport report = new RefusalReport(operation, route.path());
    exchange.reportedBy(report);
    return report;
  }
}
