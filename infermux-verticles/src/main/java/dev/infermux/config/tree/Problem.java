package dev.infermux.config.tree;

import java.util.Optional;

/**
 * Something that keeps a configuration from being used.
 *
 * @param path the key, such as {@code providers[0].timeout}, or what set it from outside the file
 * @param found the value as the file has it, never a secret
 * @param expected what is allowed
 * @param text all of it in one line
 */
public record Problem(String path, String found, String expected, String text) {

  static Problem wrong(String path, String found, String expected) {
    return new Problem(
        path, found, expected, path + ": " + found + " (expected: " + expected + ")");
  }

  static Problem unknown(String path, String key, Optional<String> nearest) {
    String found = "unknown field \"" + key + "\"";
    String hint = nearest.map(near -> " (did you mean \"" + near + "\"?)").orElse("");
    String where = path.isEmpty() ? " at the top level" : " at " + path;
    return new Problem(path, found, nearest.orElse("a known field"), found + where + hint);
  }

  @Override
  public String toString() {
    return text;
  }
}
