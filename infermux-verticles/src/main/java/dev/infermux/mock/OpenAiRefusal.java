package dev.infermux.mock;

import dev.infermux.dialect.ProviderError;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import org.jspecify.annotations.Nullable;

/** What OpenAI's API refuses with a 400, for players without a socket. */
public final class OpenAiRefusal {

  private OpenAiRefusal() {}

  /** The error on a body that a scan has found to be sound; null = it is answered. */
  public static @Nullable ProviderError of(Mock mock, Operation operation, byte[] body) {
    try {
      OpenAiRules.check(operation, body, mock.script().strict());
      return null;
    } catch (InferenceException refused) {
      String words = refused.failure().message();
      String param = refused.failure().param();
      return new ProviderError(words, OpenAiForm.code(words), "invalid_request_error", param, 0);
    }
  }
}
