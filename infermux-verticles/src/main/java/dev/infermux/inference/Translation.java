package dev.infermux.inference;

import java.util.List;

/**
 * What became of a request on its way to its provider.
 *
 * @param path such as {@code messages→chat}; empty = the provider speaks the caller's dialect
 * @param dropped the caller's names of what was left out; of long ones the middle is missing
 */
public record Translation(String path, List<String> dropped) {

  public static final Translation NONE = new Translation("", List.of());

  public Translation {
    dropped = dropped.stream().map(QuotedText::name).toList();
  }
}
