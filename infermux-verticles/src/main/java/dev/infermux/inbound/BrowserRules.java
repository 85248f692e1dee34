package dev.infermux.inbound;

import dev.infermux.inference.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which pages' scripts may call. A page of another origin is refused unless it is listed: what its
 * script sends would spend the key of whoever looks at it. Programs send neither header.
 *
 * @param origins such as {@code https://app.example.com}; {@code *} = all
 */
public record BrowserRules(List<String> origins) {

  private static final String ANY = "*";
  private static final String EXPOSED =
      "X-Infermux-Provider, X-Infermux-Model, X-Infermux-Strategy, X-Infermux-Route-Group,"
          + " X-Infermux-Latency-Ms, X-Infermux-Cost, X-Infermux-Prompt-Tokens,"
          + " X-Infermux-Completion-Tokens, X-Infermux-Model-Override, X-Infermux-Request-Id,"
          + " X-Infermux-Attempts, X-Infermux-Max-Tokens, X-Infermux-Translated,"
          + " X-Infermux-Dropped, X-Infermux-Error, x-request-id, request-id, Retry-After";

  public BrowserRules {
    origins = List.copyOf(origins);
  }

  /**
   * Where a page can turn circuits, add providers and make keys: {@code *} lists none of those, for
   * there its browser's own address may be what admits it.
   */
  public BrowserRules ofOperators() {
    return new BrowserRules(origins.stream().filter(origin -> !origin.equals(ANY)).toList());
  }

  /** Why a request is refused; null when it is not. */
  public @Nullable Failure refusal(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    boolean foreign =
        origin == null
            ? "cross-site".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"))
                && !opensPage(request)
            : !listed(origin) && !own(origin, request.getHeader(HttpHeaders.HOST));
    return foreign
        ? new Failure.Unservable(
            "forbidden_origin",
            403,
            "Origin: a page of another site (expected: none, or one of http.cors.origins)")
        : null;
  }

  /**
   * A link to the page for people, followed in a message or on another site: it changes nothing.
   */
  private static boolean opensPage(HttpServerRequest request) {
    String path = request.path();
    return request.method().equals(HttpMethod.GET)
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && "document".equals(request.getHeader("Sec-Fetch-Dest"))
        && path != null
        && (path.equals("/") || path.endsWith("/_infermux") || path.endsWith("/_infermux/"));
  }

  /** Tells a listed page's browser what it may read; true when that was all it asked for. */
  public boolean answered(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || !listed(origin)) {
      return false;
    }
    HttpServerResponse response = request.response();
    MultiMap headers = response.headers();
    headers.set("Access-Control-Allow-Origin", origins.contains(ANY) ? ANY : origin);
    headers.set(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    headers.set("Access-Control-Expose-Headers", EXPOSED);
    String method = request.getHeader("Access-Control-Request-Method");
    if (!request.method().equals(HttpMethod.OPTIONS) || method == null) {
      return false;
    }
    String asked = request.getHeader("Access-Control-Request-Headers");
    headers.set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
    if (asked != null) {
      headers.set("Access-Control-Allow-Headers", HeaderText.of(asked));
    }
    headers.set("Access-Control-Max-Age", "600");
    response.setStatusCode(204).end();
    return true;
  }

  private boolean listed(String origin) {
    return origins.contains(ANY) || origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** Whether the page came from this very address. */
  private static boolean own(String origin, @Nullable String host) {
    return host != null
        && (origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }
}
