package dev.infermux.provider;

/**
 * What a provider needs to know of the configuration around it.
 *
 * @param path where it stands there, such as {@code providers[0]}; empty = not said
 * @param maxAnswerBytes the largest whole answer that is taken from it
 */
public record ProviderContext(String path, int maxAnswerBytes) {

  public static final int DEFAULT_MAX_ANSWER_BYTES = 128 << 20;

  private static final ProviderContext NONE = new ProviderContext("", DEFAULT_MAX_ANSWER_BYTES);

  /** For a provider that stands alone. */
  public static ProviderContext none() {
    return NONE;
  }
}
