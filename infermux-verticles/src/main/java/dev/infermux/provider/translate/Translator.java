package dev.infermux.provider.translate;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Turns one kind of request into what a provider speaks, and its answers back. Stateless. */
public interface Translator {

  /** What it does, in a word: {@code messages→chat}. */
  String path();

  /** The whole answer where the provider need not be asked for it; else null. */
  default @Nullable Buffer own(Attempt attempt) {
    return null;
  }

  /**
   * The call as the provider is asked.
   *
   * @throws dev.infermux.inference.InferenceException when it cannot be asked that
   */
  Call request(Attempt attempt, Losses losses);

  /**
   * The whole answer as the caller reads it.
   *
   * @param attempt with the caller's own request
   */
  Buffer answer(Buffer whole, Attempt attempt);

  /** The caller's word for the reason why an answer ended, by the provider's. */
  default String finishReason(String providersWord) {
    return providersWord;
  }

  /** Translates one stream. */
  StreamTranslator stream(Attempt attempt);

  /** Translates one stream's events, in order. */
  @FunctionalInterface
  interface StreamTranslator {

    /** What these whole events come to; null = nothing yet. */
    @Nullable Buffer translate(Buffer events);
  }
}
