package dev.infermux.estimation;

import com.knuddels.jtokkit.api.EncodingType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Models that share a tokenizer. The names are matched here because the library's own table ends
 * with gpt-4o: it takes gpt-4.1 for a gpt-4 and knows nothing newer.
 */
enum TokenFamily {
  O200K(
      EncodingType.O200K_BASE,
      "(?:chat)?gpt-(?:4o|4\\.[15]|[56](?:\\.\\d+)?|oss)(?:-.*)?|o[134](?:-.*)?"),
  CL100K(
      EncodingType.CL100K_BASE,
      "gpt-(?:4|3\\.5|35)(?:-.*)?|text-embedding-(?:3-.*|ada-002)|(?:babbage|davinci)-002");

  /** A name worth matching; longer ones belong to no family. */
  private static final int LONGEST_NAME = 200;

  private final EncodingType encoding;
  private final Pattern models;

  TokenFamily(EncodingType encoding, String models) {
    this.encoding = encoding;
    this.models = Pattern.compile(models);
  }

  EncodingType encoding() {
    return encoding;
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
