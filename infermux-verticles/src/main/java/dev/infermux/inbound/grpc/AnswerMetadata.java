package dev.infermux.inbound.grpc;

import dev.infermux.inbound.HeaderText;
import dev.infermux.inference.Answer;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Translation;
import io.grpc.Metadata;

/** What goes with an answer: the names and values of HTTP's headers, as metadata. */
final class AnswerMetadata {

  static final Metadata.Key<String> REQUEST_ID = key("request-id");

  private static final Metadata.Key<String> PROVIDER = key("provider");
  private static final Metadata.Key<String> MODEL = key("model");
  private static final Metadata.Key<String> STRATEGY = key("strategy");
  private static final Metadata.Key<String> ROUTE_GROUP = key("route-group");
  private static final Metadata.Key<String> MODEL_OVERRIDE = key("model-override");
  private static final Metadata.Key<String> MAX_TOKENS = key("max-tokens");
  private static final Metadata.Key<String> ATTEMPTS = key("attempts");
  private static final Metadata.Key<String> TRANSLATED = key("translated");
  private static final Metadata.Key<String> DROPPED = key("dropped");
  private static final Metadata.Key<String> LATENCY_MS = key("latency-ms");
  private static final Metadata.Key<String> COST = key("cost");
  private static final Metadata.Key<String> PROMPT_TOKENS = key("prompt-tokens");
  private static final Metadata.Key<String> COMPLETION_TOKENS = key("completion-tokens");

  private AnswerMetadata() {}

  /** What is known when an answer begins. */
  static Metadata head(Answer.Head head) {
    Metadata metadata = new Metadata();
    ServedBy servedBy = head.servedBy();
    metadata.put(PROVIDER, servedBy.provider());
    metadata.put(MODEL, HeaderText.of(servedBy.model()));
    metadata.put(STRATEGY, servedBy.strategy());
    putIfAny(metadata, ROUTE_GROUP, servedBy.group());
    putIfAny(metadata, MODEL_OVERRIDE, servedBy.override());
    putIfAny(metadata, MAX_TOKENS, servedBy.loweredTo() > 0 ? "" + servedBy.loweredTo() : "");
    putIfAny(metadata, ATTEMPTS, servedBy.attempts() > 1 ? "" + servedBy.attempts() : "");
    Translation translation = head.translation();
    putIfAny(metadata, TRANSLATED, translation.path().replace("→", "->"));
    putIfAny(metadata, DROPPED, String.join(", ", translation.dropped()));
    return metadata;
  }

  /** What is known only at the end. */
  static void settlement(Metadata metadata, CallTotals totals) {
    metadata.put(LATENCY_MS, Long.toString(totals.latencyMillis()));
    metadata.put(COST, totals.cost().amount().toDecimal());
    metadata.put(PROMPT_TOKENS, Long.toString(totals.usage().promptTokens()));
    metadata.put(COMPLETION_TOKENS, Long.toString(totals.usage().completionTokens()));
  }

  private static void putIfAny(Metadata metadata, Metadata.Key<String> key, String value) {
    if (!value.isEmpty()) {
      metadata.put(key, HeaderText.of(value));
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of("x-infermux-" + name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
