package dev.infermux.json;

/** The kind of the value a {@link JsonCursor} stands before. */
public enum JsonKind {
  OBJECT,
  ARRAY,
  STRING,
  NUMBER,
  BOOLEAN,
  NULL
}
