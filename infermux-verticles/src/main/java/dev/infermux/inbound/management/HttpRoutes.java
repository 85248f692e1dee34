package dev.infermux.inbound.management;

import dev.infermux.inbound.HeaderText;
import dev.infermux.inbound.WrongMethod;
import dev.infermux.inbound.auth.ManagementAuthenticator;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the management API while they are being laid: each path knows its methods, so that
 * all others are refused with {@code Allow}, and what is nowhere gets the list of what there is.
 */
final class HttpRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);
  static final String ROOT = "/_infermux/";

  private final Router router;
  private final Map<String, List<String>> unfinished = new LinkedHashMap<>();
  private final List<String> paths = new ArrayList<>();
  private final ManagementAuthenticator operators;

  public HttpRoutes(Router router, ManagementAuthenticator operators) {
    this.router = router;
    this.operators = operators;
  }

  /**
   * Adds a resource that is read; {@code HEAD} goes where {@code GET} goes.
   *
   * @param path below {@code /_infermux/}, with {@code :name} for what varies
   */
  public void get(String path, Handler<RoutingContext> handler) {
    allow(path, "GET", "HEAD");
    router
        .route("/" + path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> serve(context, handler));
  }

  /** Adds a file of the page for people, which the list of what there is leaves out. */
  void page(String path, Handler<RoutingContext> handler) {
    get(path, handler);
    paths.remove(paths.size() - 1);
  }

  /**
   * Admits a request for a file of the page.
   *
   * @throws InferenceException when it must not
   */
  void admitPage(RoutingContext context) {
    operators.admitPage(context.request());
  }

  /** Adds a resource that tells what single callers have done. */
  void records(String path, Handler<RoutingContext> handler) {
    get(
        path,
        context -> {
          admitRecords(context);
          handler.handle(context);
        });
  }

  /** Adds something that changes the gateway; with a query it would change other than is meant. */
  void change(String path, Handler<RoutingContext> handler) {
    post(path, context -> admitted(context, handler));
  }

  /** The same with {@code PUT}. */
  void replace(String path, Handler<RoutingContext> handler) {
    change(HttpMethod.PUT, path, handler);
  }

  /** The same with {@code DELETE}. */
  void remove(String path, Handler<RoutingContext> handler) {
    change(HttpMethod.DELETE, path, handler);
  }

  private void change(HttpMethod method, String path, Handler<RoutingContext> handler) {
    allow(path, method.name());
    router
        .route("/" + path)
        .method(method)
        .handler(context -> serve(context, own -> admitted(own, handler)));
  }

  private void admitted(RoutingContext context, Handler<RoutingContext> handler) {
    admitRecords(context);
    Query.of(context);
    handler.handle(context);
  }

  /**
   * Admits a request that asks what single callers have done.
   *
   * @throws InferenceException when it must not
   */
  void admitRecords(RoutingContext context) {
    operators.admitChange(context.request());
  }

  /**
   * Admits a request that asks what the gateway as a whole does.
   *
   * @throws InferenceException when it must not
   */
  void admitReading(RoutingContext context) {
    operators.admitReading(context.request());
  }

  /** Adds something that is asked with a body. */
  public void post(String path, Handler<RoutingContext> handler) {
    allow(path, "POST");
    router.route("/" + path).method(HttpMethod.POST).handler(context -> serve(context, handler));
  }

  /** Admits only operators to the routes that are added after this. */
  public void guard() {
    refuseOtherMethods();
    Handler<RoutingContext> admission =
        context -> {
          admitReading(context);
          context.next();
        };
    router.route().handler(context -> serve(context, admission));
  }

  /** Nothing is added after this. */
  public void end() {
    refuseOtherMethods();
    router.route().handler(context -> Replies.error(context, unknown(context)));
  }

  private void allow(String path, String... methods) {
    List<String> allowed = unfinished.computeIfAbsent(path, any -> new ArrayList<>());
    allowed.addAll(List.of(methods));
    String shown = path.replaceAll(":(\\w+)", "{$1}");
    if (!paths.contains(shown)) {
      paths.add(shown);
    }
  }

  private void refuseOtherMethods() {
    unfinished.forEach(
        (path, methods) -> {
          String allowed = String.join(", ", methods);
          router.route("/" + path).handler(context -> wrongMethod(context, allowed));
        });
    unfinished.clear();
  }

  private static void serve(RoutingContext context, Handler<RoutingContext> handler) {
    try {
      handler.handle(context);
    } catch (InferenceException refused) {
      Replies.error(context, refused.failure());
    } catch (Throwable bug) {
      LOG.error("management request failed", bug);
      Replies.error(context, new Failure.Internal("internal error; see the gateway's log"));
    }
  }

  private static void wrongMethod(RoutingContext context, String allowed) {
    Replies.error(context, WrongMethod.of(context.request(), allowed));
  }

  Failure unknown(RoutingContext context) {
    return new Failure.Unservable(
        "not_found",
        404,
        "path: \""
            + HeaderText.of(context.request().path())
            + "\" (expected below "
            + ROOT
            + ": "
            + String.join(" | ", paths)
            + ")");
  }
}
