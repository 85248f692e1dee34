package dev.infermux.provider.openai;

import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderOptions.Responses;
import dev.infermux.time.Ticker;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a provider has the Responses API: as configured, as is known of its host, else as its
 * answers say, which is remembered for an hour; and which models have no other. The same for all
 * cells; safe on any thread.
 */
final class ResponsesPresence {

  /** Models that are remembered; their names come from callers. */
  private static final int MOST_MODELS = 256;

  private static final long NEVER = Long.MIN_VALUE;
  private static final long REMEMBERED = Duration.ofHours(1).toNanos();

  private final Responses configured;
  private final boolean known;
  private final Ticker ticker;

  /** Models that have said that they are here and nowhere else. */
  private final Set<String> alone = ConcurrentHashMap.newKeySet();

  /** When it was found to be absent, on the ticker; {@link #NEVER}. */
  private volatile long absentSince = NEVER;

  ResponsesPresence(ProviderOptions options, Ticker ticker) {
    this.configured = options.responses();
    this.known = isKnown(options.baseUrl().getHost());
    this.ticker = ticker;
  }

  private static boolean isKnown(@Nullable String host) {
    String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
    return name.equals("api.openai.com") || name.endsWith(".openai.azure.com");
  }

  /** Whether the next call is sent to it. */
  boolean assumed() {
    return switch (configured) {
      case YES -> true;
      case NO -> false;
      case AUTO -> known || !lately(absentSince);
    };
  }

  private boolean lately(long since) {
    return since != NEVER && ticker.nanos() - since < REMEMBERED;
  }

  /** Whether the model cannot be asked in another API of the provider's. */
  boolean alone(String model) {
    return !alone.isEmpty() && alone.contains(model) && assumed();
  }

  /** Learns from a chat that failed: vendors say in their words that the model takes none. */
  void noteChat(String model, Failure failure) {
    if (failure instanceof ProviderRejected rejected
        && takesNoChat(rejected)
        && alone.size() < MOST_MODELS
        && assumed()) {
      alone.add(model);
    }
  }

  /** OpenAI's words, of its older models too; GitHub's; Azure's. */
  private static boolean takesNoChat(ProviderRejected rejected) {
    String said = rejected.message().toLowerCase(Locale.ROOT);
    return said.contains("v1/responses")
        || said.contains("not a chat model")
        || rejected.code().equals("unsupported_api_for_model")
        || said.contains("chatcompletion operation does not work with the specified model");
  }

  /** Learns from a call that failed; a model that is refused here too was not here alone. */
  void note(String model, Failure failure) {
    if (failure instanceof ProviderRejected) {
      alone.remove(model);
    }
    note(failure);
  }

  /** Learns from a call that failed. */
  void note(Failure failure) {
    if (configured == Responses.AUTO && !known && noSuchPath(failure)) {
      absentSince = ticker.nanos();
    }
  }

  /** A 404 may as well be about the model, or about what the request goes on from. */
  private static boolean noSuchPath(Failure failure) {
    if (!(failure instanceof ProviderRejected rejected)) {
      return false;
    }
    String said = rejected.message().toLowerCase(Locale.ROOT);
    boolean about =
        rejected.code().contains("model")
            || said.contains("model")
            || said.contains("response with id")
            || said.contains("resp_");
    return rejected.status() == 405 || (rejected.status() == 404 && !about);
  }
}
