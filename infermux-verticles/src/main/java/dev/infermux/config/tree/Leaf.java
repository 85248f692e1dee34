package dev.infermux.config.tree;

import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param text after substitution
 * @param source as the file has it: what messages show, so that no variable's content gets there
 * @param origin the flag or variable that set it from outside the file; null = the file
 * @param unset whether it is empty because a variable is not set
 */
record Leaf(String text, String source, @Nullable String origin, boolean unset) {

  static Leaf plain(String text) {
    return new Leaf(text, text, null, false);
  }

  String shown() {
    return Shown.value(source);
  }
}
