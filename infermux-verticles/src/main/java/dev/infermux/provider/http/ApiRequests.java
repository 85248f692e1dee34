package dev.infermux.provider.http;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The heads of all requests to one provider. Each is built from nothing: of a caller's headers only
 * those pass that the provider's options name, and of its credentials only the one that was
 * presented, in the provider's own header, where the provider has none. Used on one event loop.
 */
public final class ApiRequests implements AttemptHeaders {

  private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private final BaseUrl baseUrl;
  private final KeyHeader keyHeader;
  private final @Nullable Secret apiKey;
  private final boolean takesCallersKey;
  private final List<String> forwarded;
  private final MultiMap fixed;

  /**
   * @param fixed headers that the API wants with every request; the options' come on top
   * @param takesCallersKey whether a caller's key is passed on where the options have none
   */
  public ApiRequests(
      BaseUrl baseUrl,
      ProviderOptions options,
      KeyHeader keyHeader,
      Map<String, String> fixed,
      boolean takesCallersKey) {
    this.baseUrl = baseUrl;
    this.keyHeader = keyHeader;
    this.apiKey = options.apiKey();
    this.takesCallersKey = takesCallersKey;
    this.forwarded = options.forwardHeaders();
    MultiMap all =
        HttpHeaders.headers()
            .set(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY)
            .set(HttpHeaders.USER_AGENT, HttpHeaders.createOptimized(UserAgent.NAME));
    fixed.forEach(all::set);
    options.headers().forEach(all::set);
    if (apiKey != null) {
      keyHeader.set(all, apiKey);
    }
    this.fixed = all;
  }

  /**
   * A request with a JSON body, to be made once and used for all requests that are alike.
   *
   * @param path below the base URL; a query may follow it
   * @param accept the media type of the answer that is wanted
   */
  public RequestOptions post(String path, String accept) {
    MultiMap headers = fixed.copy(true).set(HttpHeaders.CONTENT_TYPE, JSON);
    return to(HttpMethod.POST, path, headers.set(HttpHeaders.ACCEPT, accept));
  }

  /** A request with a body of another type, whose answer may be of any. */
  public RequestOptions relay(String path, String contentType) {
    MultiMap headers = fixed.copy(true).set(HttpHeaders.CONTENT_TYPE, contentType);
    return to(HttpMethod.POST, path, headers.set(HttpHeaders.ACCEPT, "*/*"));
  }

  /** A request without a body. */
  public RequestOptions get(String path) {
    return of(HttpMethod.GET, path, null);
  }

  /** A request without a body below another base URL of the provider's host. */
  public RequestOptions get(BaseUrl base, String path) {
    return get(path).setURI(base.target(path));
  }

  /**
   * A request of another kind.
   *
   * @param contentType null = it has no body
   */
  public RequestOptions of(HttpMethod method, String path, @Nullable String contentType) {
    MultiMap headers = fixed.copy(true).set(HttpHeaders.ACCEPT, JSON);
    if (contentType != null) {
      headers.set(HttpHeaders.CONTENT_TYPE, contentType);
    }
    return to(method, path, headers);
  }

  @Override
  public void add(Attempt attempt, HttpClientRequest request) {
    MultiMap headers = request.headers();
    for (String name : forwarded) {
      String value = attempt.call().headers().get(name);
      if (value != null) {
        headers.set(name, value);
      }
    }
    String traceparent = attempt.traceparent();
    if (traceparent != null) {
      headers.set(TRACEPARENT, traceparent);
    }
    Secret credential = attempt.call().credential();
    if (apiKey == null && takesCallersKey && credential != null) {
      keyHeader.set(headers, credential);
    }
  }

  private RequestOptions to(HttpMethod method, String path, MultiMap headers) {
    return new RequestOptions()
        .setMethod(method)
        .setServer(baseUrl.server())
        .setHost(baseUrl.host())
        .setPort(baseUrl.port())
        .setSsl(baseUrl.tls())
        .setURI(baseUrl.target(path))
        .setFollowRedirects(false)
        .setHeaders(headers.copy(false));
  }

  /** The header in which an API takes its key. */
  public enum KeyHeader {
    /** {@code Authorization: Bearer}. */
    BEARER("authorization", "Bearer "),
    /** Anthropic's. */
    X_API_KEY("x-api-key", ""),
    /** Azure's. */
    API_KEY("api-key", "");

    private final String name;
    private final String scheme;

    KeyHeader(String name, String scheme) {
      this.name = name;
      this.scheme = scheme;
    }

    void set(MultiMap headers, Secret key) {
      // Azure takes tokens of its directory as bearers, and keys in its own header.
      KeyHeader fit = this == API_KEY && key.reveal().startsWith("eyJ") ? BEARER : this;
      headers.set(fit.name, fit.scheme + key.reveal());
    }
  }
}
