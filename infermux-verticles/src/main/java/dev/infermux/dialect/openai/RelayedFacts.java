package dev.infermux.dialect.openai;

import dev.infermux.dialect.FieldReader;
import dev.infermux.inference.BodyFacts;
import dev.infermux.json.Span;

/** Collects what the router has to know of a request that is relayed. */
final class RelayedFacts {

  private static final int LONGEST_MODEL = 256;

  private String model = "";
  private Span modelAt = Span.ABSENT;
  private boolean stream;
  private long choices = 1;

  void model(String name, Span at) {
    if (!modelAt.isAbsent()) {
      throw FieldReader.invalid("model: given twice (expected: once)", "model");
    }
    if (name.length() > LONGEST_MODEL) {
      String found = name.length() + " characters";
      throw FieldReader.invalid(
          "model: " + found + " (expected: at most " + LONGEST_MODEL + ")", "model");
    }
    model = name;
    modelAt = at;
  }

  void stream(boolean wanted) {
    stream = wanted;
  }

  void choices(long wanted) {
    choices = wanted;
  }

  Span modelAt() {
    return modelAt;
  }

  BodyFacts facts() {
    return new BodyFacts(model, stream, false, -1, choices, 1, 1, 0, 0, 0, 0, "");
  }
}
