package dev.infermux.dialect.openai;

/**
 * Where a value stands in a body.
 *
 * @param from its first byte, a string's quote included; -1 when the field is absent
 * @param to the byte after it
 */
record Span(int from, int to) {

  static final Span ABSENT = new Span(-1, -1);

  boolean isAbsent() {
    return from < 0;
  }
}
