package dev.infermux.estimation;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;

/**
 * The vocabularies of tokenizers. One takes some 50 MB and a second of CPU and never changes, so
 * all InferMux of a JVM read the same ones; they stay until the JVM ends. Thread-safe.
 */
final class Vocabularies {

  private static final Vocabularies SHARED = new Vocabularies();

  private final EncodingRegistry registry = Encodings.newLazyEncodingRegistry();

  private Vocabularies() {}

  /**
   * Those of this JVM.
   *
   * @throws NoClassDefFoundError where jtokkit is not on the class path
   */
  static Vocabularies shared() {
    return SHARED;
  }

  /** Blocks while the vocabulary is loaded; two that want it at once load it once. */
  synchronized Encoding of(TokenFamily family) {
    return registry.getEncoding(family.encoding());
  }
}
