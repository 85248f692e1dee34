package dev.infermux.inbound.http;

import dev.infermux.inbound.BrowserRules;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inbound.auth.IssuedKeys;

/**
 * The options that requests over HTTP meet. A request that has begun keeps to those it met. Safe on
 * any thread.
 */
public final class HttpOptionsInForce {

  private final Authenticator authenticator;
  private volatile HttpOptions now;
  private volatile BrowserRules browsers;
  private volatile BrowserRules operatorsBrowsers;

  public HttpOptionsInForce(HttpOptions first) {
    this(first, IssuedKeys.NONE);
  }

  /**
   * @param issued keys that are not in the configuration
   */
  public HttpOptionsInForce(HttpOptions first, IssuedKeys issued) {
    this.authenticator = new Authenticator(first.auth(), issued);
    this.now = first;
    this.browsers = new BrowserRules(first.corsOrigins());
    this.operatorsBrowsers = browsers.ofOperators();
  }

  /** Requests that come from here on meet {@code next}. */
  public void replace(HttpOptions next) {
    authenticator.replace(next.auth());
    BrowserRules rules = new BrowserRules(next.corsOrigins());
    browsers = rules;
    operatorsBrowsers = rules.ofOperators();
    now = next;
  }

  public HttpOptions now() {
    return now;
  }

  public Authenticator authenticator() {
    return authenticator;
  }

  public long maxBodyBytes() {
    return now.limits().maxBodyBytes();
  }

  public int maxWaitingEvents() {
    return now.limits().maxWaitingEvents();
  }

  BrowserRules browsers() {
    return browsers;
  }

  /** {@link BrowserRules#ofOperators}. */
  BrowserRules operatorsBrowsers() {
    return operatorsBrowsers;
  }
}
