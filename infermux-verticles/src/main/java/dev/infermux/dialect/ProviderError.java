package dev.infermux.dialect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's error says, whatever shape it has.
 *
 * @param message empty when there is none fit to be passed on
 * @param code the error's code as text; empty when not given
 * @param type empty when not given
 * @param status the HTTP status that the error names itself; 0 when it names none
 */
public record ProviderError(
    String message, String code, String type, @Nullable String param, int status) {

  /** An error of which nothing can be read. */
  public static final ProviderError UNREADABLE = new ProviderError("", "", "", null, 0);

  /** Whether the prompt was too long for the model. */
  public boolean contextLength() {
    String said = message.toLowerCase(Locale.ROOT);
    return code.equals("context_length_exceeded")
        || type.equals("exceed_context_size_error")
        || said.contains("maximum context length")
        || said.contains("context window")
        || said.contains("exceeds the maximum number of tokens");
  }

  /** Whether the words were refused, by a filter and not by the model. */
  public boolean contentFilter() {
    return code.equals("content_filter") || code.equals("content_policy_violation");
  }

  /** Whether the model is unknown to the provider, by what the error says itself. */
  public boolean notFound() {
    return code.equals("model_not_found");
  }

  /** Whether what was not found may be the model: a file or an item is named by its parameter. */
  public boolean aboutModel() {
    return param == null || param.equals("model");
  }

  /** Whether money ran out, which no short wait mends. */
  public boolean quota() {
    return code.equals("insufficient_quota")
        || type.equals("insufficient_quota")
        || code.equals("credit_balance_exhausted")
        || code.contains("spend_limit");
  }
}
