package dev.infermux.mist.transport.http;

import java.time.Duration;

/**
 * How an {@link HttpSender} sends.
 *
 * @param timeout for one envelope, from the call to the end of the answer
 * @param maxInFlight envelopes on their way at once, and so connections; more are refused
 * @param secret signs each body, see {@link dev.infermux.mist.transport.MistSignature}; empty = no
 *     signature
 */
public record HttpSenderOptions(Duration timeout, int maxInFlight, String secret) {

  private static final HttpSenderOptions DEFAULTS =
      new HttpSenderOptions(Duration.ofSeconds(5), 64, "");

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
    return new HttpSenderOptions(timeout, maxInFlight, secret);
  }

  public HttpSenderOptions withMaxInFlight(int maxInFlight) {
    return new HttpSenderOptions(timeout, maxInFlight, secret);
  }

  public HttpSenderOptions withSecret(String secret) {
    return new HttpSenderOptions(timeout, maxInFlight, secret);
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    String signed = secret.isEmpty() ? "unsigned" : "signed";
    return "HttpSenderOptions[" + timeout + ", " + maxInFlight + " in flight, " + signed + "]";
  }
}
