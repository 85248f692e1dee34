package dev.infermux.inbound.management;

import dev.infermux.inbound.HintPage;
import dev.infermux.inbound.management.page.PageFile;
import dev.infermux.inbound.management.page.PageFiles;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The page for people, at {@code /_infermux/}, and its files. They hold no secret and nothing of
 * the gateway: what the page shows it asks for, with the token that its user gives it.
 */
final class PageEndpoint implements ManagementEndpoint {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Vertx vertx;
  private final AtomicReference<@Nullable Future<PageFiles>> files = new AtomicReference<>();

  PageEndpoint(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.page("", context -> document(routes, context));
    routes.page(
        "page/:digest/:name",
        context -> {
          routes.admitPage(context);
          with(context, page -> file(context, page));
        });
  }

  private void document(HttpRoutes routes, RoutingContext context) {
    try {
      routes.admitPage(context);
    } catch (InferenceException refused) {
      HintPage.send(context.response(), refused.failure().status(), refused.failure().message());
      return;
    }
    with(context, page -> document(context, page));
  }

  /** Reads the files when they are first asked for. */
  private void with(RoutingContext context, Consumer<PageFiles> work) {
    Future<PageFiles> read = files.get();
    if (read == null || read.failed()) {
      read = vertx.executeBlocking(PageFiles::read);
      files.set(read);
    }
    read.onSuccess(work::accept)
        .onFailure(cause -> Replies.error(context, new Failure.Internal(String.valueOf(cause))));
  }

  private static void document(RoutingContext context, PageFiles page) {
    String tag = '"' + page.digest() + '"';
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.ETAG, tag)
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
    } else {
      send(context, page.document());
    }
  }

  private static void file(RoutingContext context, PageFiles page) {
    String name = context.pathParam("name");
    PageFile file = page.digest().equals(context.pathParam("digest")) ? page.named(name) : null;
    if (file == null) {
      Replies.error(
          context,
          new Failure.Unservable(
              "not_found", 404, "page: no such file (expected: one that the page names)"));
      return;
    }
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
    send(context, file);
  }

  private static void send(RoutingContext context, PageFile file) {
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean packed = accepted != null && accepted.contains("gzip");
    HttpServerResponse response = context.response();
    if (packed) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response
        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .putHeader(HttpHeaders.CONTENT_TYPE, file.contentType())
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(packed ? file.gzip() : file.plain());
  }
}
