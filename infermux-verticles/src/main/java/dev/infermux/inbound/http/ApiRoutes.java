package dev.infermux.inbound.http;

import dev.infermux.inbound.BrowserRules;
import dev.infermux.inbound.HeaderText;
import dev.infermux.inbound.HintPage;
import dev.infermux.inbound.WrongMethod;
import dev.infermux.inference.Failure;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lays the routes of all front APIs in one vertx-web router: each path refuses the methods it does
 * not have with {@code Allow}, and an unknown path is answered with those there are.
 */
final class ApiRoutes {

  private static final String MANAGEMENT = "/_infermux/";
  private static final String BARE = "/_infermux";

  private final HttpApi api;
  private final List<FrontApi> apis;
  private final Router router;
  private final HttpOptionsInForce options;

  ApiRoutes(Vertx vertx, HttpApi api, List<FrontApi> apis, HttpOptionsInForce options) {
    this.options = options;
    this.api = api;
    this.apis = apis;
    this.router = Router.router(vertx);
  }

  Router router(@Nullable Router management) {
    router.route().handler(context -> admit(context, context::next));
    apis.forEach(front -> add(front, this::asDocumented));
    if (management != null) {
      router
          .route(MANAGEMENT + "*")
          .useNormalizedPath(false)
          .handler(context -> managed(context, management));
    }
    apis.forEach(front -> add(front, route -> at(route.pattern())));
    apis.forEach(this::refuseOtherMethods);
    router.route("/").method(HttpMethod.GET).handler(context -> hint(context, management != null));
    router.route(BARE).method(HttpMethod.GET).handler(context -> bare(context, management != null));
    router.route().handler(this::unknown);
    // What vertx-web refuses before any route: no Host, a broken escape, a path without its slash.
    router.errorHandler(400, context -> admit(context, () -> refused(context, management != null)));
    router.errorHandler(404, this::unknown);
    return router;
  }

  private void add(FrontApi front, Function<HttpRoute, Route> paths) {
    for (HttpRoute route : front.routes()) {
      HttpApi.Target target = new HttpApi.Target(front, route);
      methods(paths.apply(route), route)
          .handler(context -> api.serve(routed(context, route), target));
    }
  }

  /** One resource at whatever path the program has for it. */
  Handler<RoutingContext> single(String path) {
    for (FrontApi front : apis) {
      for (HttpRoute route : front.routes()) {
        if (route.path().equals(path)) {
          HttpApi.Target target = new HttpApi.Target(front, route);
          return context -> admit(context, () -> one(context, target));
        }
      }
    }
    throw new IllegalArgumentException("path: \"" + path + "\" (expected: that of a route)");
  }

  private void one(RoutingContext context, HttpApi.Target target) {
    if (target.route().accepts(context.request().method())) {
      api.serve(at(context, ""), target);
    } else {
      wrongMethod(context, target.api().errors(), List.of(target.route()));
    }
  }

  private void admit(RoutingContext context, Runnable next) {
    BrowserRules browsers =
        below(context).startsWith(MANAGEMENT) ? options.operatorsBrowsers() : options.browsers();
    Failure refusal = browsers.refusal(context.request());
    if (refusal != null) {
      refuse(context, refusal);
    } else if (!browsers.answered(context.request())) {
      next.run();
    }
  }

  private void refuseOtherMethods(FrontApi front) {
    Map<String, List<HttpRoute>> found = new LinkedHashMap<>();
    for (HttpRoute route : front.routes()) {
      found.computeIfAbsent(route.pattern(), any -> new ArrayList<>()).add(route);
    }
    found.forEach(
        (pattern, routes) ->
            at(pattern).handler(context -> wrongMethod(context, front.errors(), routes)));
  }

  /** Most requests have the very path, which takes no regular expression. */
  private Route asDocumented(HttpRoute route) {
    return router.route(route.path()).useNormalizedPath(false);
  }

  private Route at(String pattern) {
    return router.routeWithRegex(pattern).useNormalizedPath(false);
  }

  private static Route methods(Route at, HttpRoute route) {
    return route.method().equals(HttpMethod.GET)
        ? at.method(HttpMethod.GET).method(HttpMethod.HEAD)
        : at.method(route.method());
  }

  private static RoutedRequest routed(RoutingContext context, HttpRoute route) {
    return at(context, route.rest(Paths.normal(below(context))));
  }

  private static RoutedRequest at(RoutingContext context, String rest) {
    return new RoutedRequest(
        context.request(), rest, context.body().available() ? context.body().buffer() : null);
  }

  /** The raw path below the point at which this router is mounted. */
  private static String below(RoutingContext context) {
    String path = context.request().path();
    return path.substring(Math.min(path.length(), mount(context).length()));
  }

  private static String mount(RoutingContext context) {
    String mount = context.mountPoint();
    return mount == null || mount.equals("/")
        ? ""
        : mount.endsWith("/") ? mount.substring(0, mount.length() - 1) : mount;
  }

  /** Leads people who try the address in a browser to where there is something to look at. */
  private void hint(RoutingContext context, boolean managed) {
    if (!HintPage.wanted(context.request())) {
      unknown(context);
    } else if (managed) {
      context
          .response()
          .setStatusCode(302)
          .putHeader("Location", mount(context) + MANAGEMENT)
          .end();
    } else {
      HintPage.send(
          context.response(),
          200,
          "This is a gateway to models. Programs call it under /v1; what there is to look at is at"
              + " the address of management_listen.");
    }
  }

  /** To vertx-web a path with a slash behind it is the same; here it is management. */
  private void bare(RoutingContext context, boolean managed) {
    if (below(context).equals(BARE)) {
      hint(context, managed);
    } else {
      context.next();
    }
  }

  /**
   * A path that leads to management before it is normalized or after, and not both times, may have
   * passed a proxy's rules. Comes before what takes regular expressions: pages and scrapers ask
   * often.
   */
  private static void managed(RoutingContext context, Router management) {
    if (context.normalizedPath().startsWith(mount(context) + MANAGEMENT)) {
      management.handleContext(context);
    } else {
      context.next();
    }
  }

  /** Takes the routes by hand: that a request names no host is no reason not to serve it. */
  private void refused(RoutingContext context, boolean managed) {
    String path = context.request().path();
    if (managed && path != null && path.startsWith(MANAGEMENT)) {
      refuse(context, new Failure.InvalidRequest("path: malformed (expected: a path)", null));
      return;
    }
    List<HttpRoute> others = new ArrayList<>();
    for (FrontApi front : apis) {
      for (HttpRoute route : front.routes()) {
        if (path == null || !path.matches(route.pattern())) {
          continue;
        }
        if (route.accepts(context.request().method())) {
          api.serve(routed(context, route), new HttpApi.Target(front, route));
          return;
        }
        others.add(route);
      }
    }
    if (others.isEmpty()) {
      unknown(context);
    } else {
      wrongMethod(context, OpenAiApi.ERRORS, others);
    }
  }

  private void wrongMethod(RoutingContext context, ErrorFormat errors, List<HttpRoute> routes) {
    String allowed = routes.stream().map(HttpRoute::allow).collect(Collectors.joining(", "));
    Failure failure = WrongMethod.of(context.request(), allowed);
    api.refuse(RoutedRequest.unread(context.request()), errors, failure, routes.get(0));
  }

  private void unknown(RoutingContext context) {
    String path = context.request().path();
    String absent = path == null ? null : AbsentApis.advice(Paths.normal(below(context)));
    if (absent != null) {
      refuse(context, new Failure.Unservable("not_found", 404, absent));
      return;
    }
    String found = HeaderText.of(path == null ? "" : path);
    refuse(
        context,
        new Failure.Unservable(
            "not_found",
            404,
            "path: \"" + found + "\" (expected: " + expected(mount(context)) + ")"));
  }

  private String expected(String mount) {
    String all =
        apis.stream()
            .flatMap(front -> front.routes().stream())
            .map(route -> mount + route.path())
            .distinct()
            .collect(Collectors.joining(", "));
    int last = all.lastIndexOf(", ");
    return all.substring(0, last) + " or " + all.substring(last + 2);
  }

  private void refuse(RoutingContext context, Failure failure) {
    String path = context.request().path() == null ? "" : Paths.normal(below(context));
    ErrorFormat errors = ErrorFormats.of(path, context.request().headers());
    api.refuse(RoutedRequest.unread(context.request()), errors, failure, null);
  }
}
