package dev.infermux.mist.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One JSON value, already known to be well formed, as a part of the bytes it stands in. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and sharing the bytes is its purpose
record Slice(byte[] source, int from, int to) {

  char first() {
    return (char) source[from];
  }

  boolean isNull() {
    return first() == 'n';
  }

  byte[] copy() {
    return from == 0 && to == source.length ? source : Arrays.copyOfRange(source, from, to);
  }

  /** The characters of a string, a number or a literal, quotes and escapes included. */
  String characters() {
    return new String(source, from, to - from, StandardCharsets.UTF_8);
  }

  /** What it is, in words for an error message; never its content. */
  String kind() {
    return switch (first()) {
      case '{' -> "an object";
      case '[' -> "an array";
      case '"' -> "a string";
      case 't', 'f' -> "a boolean";
      case 'n' -> "no value";
      default -> "a number";
    };
  }
}
