package dev.infermux.json;

/**
 * Where a value stands in a body.
 *
 * @param from its first byte, a string's quote included; -1 when the field is absent
 * @param to the byte after it
 */
public record Span(int from, int to) {

  public static final Span ABSENT = new Span(-1, -1);

  public boolean isAbsent() {
    return from < 0;
  }
}
