package dev.infermux.policy.health;

import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Shortened;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides what a health check that failed says of one provider. A provider that answers, if only to
 * refuse this very request, is well: limits are the rate limiter's, a caller's key is not ours to
 * judge.
 *
 * @param ownKey whether the gateway has a key of its own for the provider
 */
public record HealthClassifier(String provider, boolean ownKey) {

  private static final int NOT_FOUND = 404;

  /** Restricted keys may not list models; that they were told so shows that the server is there. */
  private static final int FORBIDDEN = 403;

  private static final int LONGEST_REASON = 200;
  private static final Pattern LEAD = Pattern.compile("^:?\\s+");
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}+");

  /** Why the provider is unhealthy, in a line without its name; empty when it is well. */
  public Optional<String> reason(Failure failure) {
    return well(failure) ? Optional.empty() : Optional.of(reason(failure.message()));
  }

  private boolean well(Failure failure) {
    if (failure instanceof UpstreamError error) {
      return error.kind() == FailureClass.RATE_LIMITED
          || error.providerStatus() == FORBIDDEN
          || (error.kind() == FailureClass.UNAUTHORIZED && !ownKey);
    }
    if (failure.kind() == FailureClass.LOCAL_SHORTAGE) {
      return true; // nothing was asked, and nothing is known
    }
    // A completion that is refused for its shape was at least read; a model that is not there was
    // asked for by the configuration.
    return failure instanceof ProviderRejected rejected && rejected.status() != NOT_FOUND;
  }

  private String reason(String message) {
    String named = "provider \"" + provider + "\"";
    String bare = message.startsWith(named) ? message.substring(named.length()) : message;
    String line = UNPRINTABLE.matcher(LEAD.matcher(bare).replaceFirst("")).replaceAll(" ");
    return line.length() <= LONGEST_REASON ? line : Shortened.beginning(line, LONGEST_REASON) + "…";
  }
}
