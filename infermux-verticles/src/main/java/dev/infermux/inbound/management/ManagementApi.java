package dev.infermux.inbound.management;

import dev.infermux.inbound.BodyTerms;
import dev.infermux.inbound.BrowserRules;
import dev.infermux.inbound.HintPage;
import dev.infermux.inbound.auth.ManagementAuthenticator;
import dev.infermux.inbound.management.view.ManagementViews;
import dev.infermux.inference.Failure;
import dev.infermux.time.Time;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/** Serves {@code /_infermux/*}. Safe on any event loop. */
public final class ManagementApi implements Handler<HttpServerRequest> {

  private final Router router;
  private final Router alone;
  private final SendEndpoint send = new SendEndpoint();

  /**
   * Makes the API.
   *
   * @param operators admits them; health and readiness are open to all
   * @param bodies of what is sent to it
   */
  public ManagementApi(
      Vertx vertx,
      ManagementViews views,
      ManagementAuthenticator operators,
      BodyTerms bodies,
      Time time) {
    BrowserRules browsers = new BrowserRules(List.of());
    router = Router.router(vertx);
    HttpRoutes routes = new HttpRoutes(router, operators);
    Endpoints.open(vertx, views).forEach(endpoint -> endpoint.register(routes));
    routes.guard();
    Endpoints.guarded(views, bodies, time).forEach(endpoint -> endpoint.register(routes));
    send.register(routes);
    routes.end();
    alone = Router.router(vertx);
    alone.route().handler(context -> admit(browsers, context));
    alone.route("/").handler(ManagementApi::toThePage);
    alone.route("/_infermux").handler(ManagementApi::toThePage);
    alone.route(HttpRoutes.ROOT + "*").subRouter(router);
    alone.route().handler(context -> Replies.error(context, routes.unknown(context)));
    // What the router itself refuses, such as a broken percent escape.
    alone.errorHandler(400, ManagementApi::malformed);
  }

  private static void admit(BrowserRules browsers, RoutingContext context) {
    Failure refusal = browsers.refusal(context.request());
    if (refusal == null) {
      context.next();
    } else {
      Replies.error(context, refusal);
    }
  }

  /**
   * Lets operators try the API of callers out through this one.
   *
   * @param apis what serves the resource of a documented path there
   */
  public void sendsBy(Function<String, Handler<RoutingContext>> apis) {
    send.by(apis);
  }

  /** Its resources by what follows {@code /_infermux/}, to be mounted there. */
  public Router router() {
    return router;
  }

  /** Serves a request of a listener of its own. */
  @Override
  public void handle(HttpServerRequest request) {
    alone.handle(request);
  }

  private static void toThePage(RoutingContext context) {
    boolean there = HttpRoutes.ROOT.equals(context.request().path());
    if (!there && HintPage.wanted(context.request())) {
      context.response().setStatusCode(302).putHeader("Location", HttpRoutes.ROOT).end();
    } else {
      context.next();
    }
  }

  private static void malformed(RoutingContext context) {
    Replies.error(context, new Failure.InvalidRequest("path: malformed (expected: a path)", null));
  }
}
