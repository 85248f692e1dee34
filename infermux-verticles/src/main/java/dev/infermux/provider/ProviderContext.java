package dev.infermux.provider;

import dev.infermux.memory.BufferedBytes;

/**
 * What a provider needs to know of the configuration around it.
 *
 * @param path where it stands there, such as {@code providers[0]}; empty = not said
 * @param maxAnswerBytes the largest whole answer that is taken from it
 * @param buffered counts what is held of its answers
 */
public record ProviderContext(String path, int maxAnswerBytes, BufferedBytes buffered) {

  public static final int DEFAULT_MAX_ANSWER_BYTES = 128 << 20;

  private static final ProviderContext NONE = new ProviderContext("", DEFAULT_MAX_ANSWER_BYTES);

  /** For a provider whose answers count nowhere. */
  public ProviderContext(String path, int maxAnswerBytes) {
    this(path, maxAnswerBytes, BufferedBytes.unlimited());
  }

  /** For a provider that stands alone. */
  public static ProviderContext none() {
    return NONE;
  }
}
