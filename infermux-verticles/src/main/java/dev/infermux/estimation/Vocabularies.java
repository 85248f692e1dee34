package dev.infermux.estimation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The vocabularies of tokenizers, out of jtokkit, an optional library. One never changes, so all
 * InferMux of a JVM read the same ones; they stay until the JVM ends. Thread-safe.
 */
final class Vocabularies {

  private static final Vocabularies SHARED = new Vocabularies();

  private final Map<TokenFamily, Vocabulary> read = new EnumMap<>(TokenFamily.class);

  private Vocabularies() {}

  /** Those of this JVM. */
  static Vocabularies shared() {
    return SHARED;
  }

  /** Whether jtokkit is on the class path. */
  static boolean present() {
    return Vocabularies.class.getResource(path(TokenFamily.O200K)) != null;
  }

  /**
   * Blocks while the vocabulary is read; two that want it at once read it once.
   *
   * @throws UncheckedIOException where it is not there, or is none
   */
  synchronized Vocabulary of(TokenFamily family) {
    Vocabulary known = read.get(family);
    if (known == null) {
      known = read(path(family));
      read.put(family, known);
    }
    return known;
  }

  private static Vocabulary read(String path) {
    try (InputStream file = Vocabularies.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new FileNotFoundException(path + " is not on the class path");
      }
      return VocabularyFile.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(TokenFamily family) {
    return "/com/knuddels/jtokkit/" + family.vocabulary() + ".tiktoken";
  }
}
