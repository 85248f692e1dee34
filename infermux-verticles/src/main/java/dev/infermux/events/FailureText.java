package dev.infermux.events;

import dev.infermux.inference.Failure;

/**
 * What spans and logs may say of a failure: our own words whole, of a provider's only the code and
 * kind, since providers quote prompts and keys in their error messages.
 */
public final class FailureText {

  private FailureText() {}

  public static String of(Failure failure) {
    if (failure instanceof Failure.UpstreamError upstream) {
      String kind = failure.code() + ": " + upstream.kind().wireName();
      return upstream.providerStatus() == 0
          ? kind
          : kind + ", provider status " + upstream.providerStatus();
    }
    if (failure instanceof Failure.ProviderRejected rejected) {
      return failure.code() + ": " + rejected.kind().wireName() + ", status " + failure.status();
    }
    if (failure instanceof Failure.Remote) {
      return failure.code();
    }
    return failure.code() + ": " + failure.message();
  }
}
