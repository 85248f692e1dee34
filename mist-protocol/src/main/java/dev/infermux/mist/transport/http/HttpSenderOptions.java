package dev.infermux.mist.transport.http;

import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How an {@link HttpSender} sends.
 *
 * @param timeout for one envelope, from the call to the end of the answer
 * @param maxInFlight envelopes on their way at once, and so connections; more are refused
 * @param secret signs each body, see {@link dev.infermux.mist.transport.MistSignature}; empty = no
 *     signature
 * @param client puts more into the options of the client: whom it trusts, which proxy it uses
 */
public record HttpSenderOptions(
    Duration timeout, int maxInFlight, String secret, Consumer<HttpClientOptions> client) {

  private static final HttpSenderOptions DEFAULTS =
      new HttpSenderOptions(Duration.ofSeconds(5), 64, "", client -> {});

  public HttpSenderOptions {
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: >= 1 ms)");
    }
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight: " + maxInFlight + " (expected: >= 1)");
    }
  }

  /** Five seconds, 64 in flight, unsigned. */
  public static HttpSenderOptions defaults() {
    return DEFAULTS;
  }

  public HttpSenderOptions withTimeout(Duration timeout) {
    return new HttpSenderOptions(timeout, maxInFlight, secret, client);
  }

  public HttpSenderOptions withMaxInFlight(int maxInFlight) {
    return new HttpSenderOptions(timeout, maxInFlight, secret, client);
  }

  public HttpSenderOptions withSecret(String secret) {
    return new HttpSenderOptions(timeout, maxInFlight, secret, client);
  }

  public HttpSenderOptions withClient(Consumer<HttpClientOptions> client) {
    return new HttpSenderOptions(timeout, maxInFlight, secret, client);
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    String signed = secret.isEmpty() ? "unsigned" : "signed";
    return "HttpSenderOptions[" + timeout + ", " + maxInFlight + " in flight, " + signed + "]";
  }
}
