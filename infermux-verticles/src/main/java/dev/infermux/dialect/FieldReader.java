package dev.infermux.dialect;

import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the values of a request's fields, and names the field that holds what it must not. */
public final class FieldReader {

  private final JsonCursor json;

  public FieldReader(JsonCursor json) {
    this.json = json;
  }

  /** Consumes one value and gives back what it takes of the body. */
  public int skipped() {
    int from = json.position();
    json.skip();
    return json.position() - from;
  }

  /** Consumes one value; empty when it is no text. */
  public String textOrNothing() {
    if (json.kind() == JsonKind.STRING) {
      return json.string();
    }
    json.skip();
    return "";
  }

  public boolean flag(String name) {
    expect(JsonKind.BOOLEAN, name, "true or false");
    return json.booleanValue();
  }

  public long count(String name, long least) {
    expect(JsonKind.NUMBER, name, "an integer");
    long value;
    try {
      value = json.longValue();
    } catch (JsonSyntaxException e) {
      throw invalid(name + ": " + e.getMessage(), name);
    }
    if (value < least) {
      throw invalid(name + ": " + value + " (expected: an integer >= " + least + ")", name);
    }
    return value;
  }

  /** Consumes a null; false when the value is another one. */
  public boolean nullSkipped() {
    if (json.kind() != JsonKind.NULL) {
      return false;
    }
    json.skip();
    return true;
  }

  /** Refuses a value of another kind. */
  public void expect(JsonKind kind, String name, String expected) {
    if (json.kind() != kind) {
      throw invalid(name + ": " + found() + " (expected: " + expected + ")", name);
    }
  }

  /** What kind of value stands next. */
  public String found() {
    return describe(json.kind());
  }

  public static InferenceException invalid(String message, @Nullable String param) {
    return new InferenceException(new InvalidRequest(message, param));
  }

  public static String describe(JsonKind kind) {
    return switch (kind) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "no value";
    };
  }
}
