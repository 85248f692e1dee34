package dev.infermux.estimation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Models that share a tokenizer. The patterns that cut a text are those of <a
 * href="https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py">tiktoken</a>.
 */
enum TokenFamily {
  O200K(
      "o200k_base",
      "[^\\r"
          + "\\n"
          + "\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r"
          + "\\n"
          + "\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
          + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r"
          + "\\n"
          + "/]*|\\s*[\\r"
          + "\\n"
          + "]+|\\s+(?!\\S)|\\s+",
      "(?:chat)?gpt-(?:4o|4\\.[15]|[56](?:\\.\\d+)?|oss)(?:-.*)?|o[134](?:-.*)?"),
  CL100K(
      "cl100k_base",
      "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+"
          + "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
      "gpt-(?:4|3\\.5|35)(?:-.*)?|text-embedding-(?:3-.*|ada-002)|(?:babbage|davinci)-002");

  /** A name worth matching; longer ones belong to no family. */
  private static final int LONGEST_NAME = 200;

  private final String vocabulary;
  private final Pattern pieces;
  private final Pattern models;

  TokenFamily(String vocabulary, String pieces, String models) {
    this.vocabulary = vocabulary;
    this.pieces = Pattern.compile(pieces, Pattern.UNICODE_CHARACTER_CLASS);
    this.models = Pattern.compile(models);
  }

  /** The name of its vocabulary, as OpenAI calls it. */
  String vocabulary() {
    return vocabulary;
  }

  /** What a text is cut into. */
  Pattern pieces() {
    return pieces;
  }

  /** The family of a model, with any vendor prefix; null when its tokenizer is unknown. */
  static @Nullable TokenFamily of(String model) {
    if (model.length() > LONGEST_NAME) {
      return null;
    }
    String name = model.substring(model.lastIndexOf('/') + 1);
    String base = name.startsWith("ft:") ? name.substring(3).replace(':', '-') : name;
    for (TokenFamily family : values()) {
      if (family.models.matcher(base).matches()) {
        return family;
      }
    }
    return null;
  }
}
