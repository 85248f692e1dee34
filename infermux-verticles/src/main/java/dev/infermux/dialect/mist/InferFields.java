package dev.infermux.dialect.mist;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of an InferRequest; what only passes through is a view of the bytes. */
final class InferFields {

  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] PROVIDER = "provider".getBytes(US_ASCII);
  private static final byte[] MESSAGES = "messages".getBytes(US_ASCII);
  private static final byte[] PARAMS = "params".getBytes(US_ASCII);
  private static final byte[] META = "meta".getBytes(US_ASCII);
  private static final byte[] CALLER = "caller".getBytes(US_ASCII);
  private static final byte[] PROJECT = "project".getBytes(US_ASCII);
  private static final byte[] ENV = "env".getBytes(US_ASCII);
  private static final byte[] TRACEPARENT = "traceparent".getBytes(US_ASCII);

  private static final JsonSlice NO_MESSAGES = JsonSlice.of("[]");

  private final JsonCursor json;
  private final Set<String> seen = new HashSet<>();
  private String model = "";
  private String provider = "";
  private String caller = "";
  private String project = "";
  private String env = "";
  private @Nullable String traceparent;
  private @Nullable JsonSlice messages;
  private @Nullable JsonSlice params;

  private InferFields(byte[] bytes) {
    this.json = new JsonCursor(bytes);
  }

  /**
   * Reads a request.
   *
   * @throws InferenceException with an {@link InvalidRequest} naming the field
   */
  static InferFields read(byte[] bytes) {
    InferFields fields = new InferFields(bytes);
    try {
      fields.document();
    } catch (JsonSyntaxException e) {
      throw new InferenceException(
          new InvalidRequest(
              "request body: malformed JSON at " + e.getMessage() + "; expected: an InferRequest",
              null));
    }
    return fields;
  }

  String model() {
    return model;
  }

  String provider() {
    return provider;
  }

  String caller() {
    return caller;
  }

  String project() {
    return project;
  }

  String env() {
    return env;
  }

  @Nullable String traceparent() {
    return traceparent;
  }

  /** Null when there are none; Go writes an empty slice as null. */
  @Nullable JsonSlice messages() {
    return messages;
  }

  /** An object, or null. */
  @Nullable JsonSlice params() {
    return params;
  }

  private void document() {
    if (json.kind() != JsonKind.OBJECT) {
      throw new InferenceException(
          new InvalidRequest("request body: not an object (expected: an InferRequest)", null));
    }
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MODEL)) {
        model = text("model");
      } else if (json.nameIs(PROVIDER)) {
        provider = text("provider");
      } else if (json.nameIs(MESSAGES)) {
        once("messages");
        boolean none = json.kind() == JsonKind.NULL;
        JsonSlice given = json.value();
        messages = none ? NO_MESSAGES : given;
      } else if (json.nameIs(PARAMS)) {
        params = object("params", "an object") ? json.value() : nothing();
      } else if (json.nameIs(META)) {
        meta();
      } else {
        json.skip();
      }
    }
    json.end();
  }

  private void meta() {
    if (!object("meta", "an object of strings")) {
      json.skip();
      return;
    }
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(CALLER)) {
        caller = text("meta.caller");
      } else if (json.nameIs(PROJECT)) {
        project = text("meta.project");
      } else if (json.nameIs(ENV)) {
        env = text("meta.env");
      } else if (json.nameIs(TRACEPARENT)) {
        traceparent = text("meta.traceparent");
      } else if (json.kind() == JsonKind.STRING || json.kind() == JsonKind.NULL) {
        json.skip();
      } else {
        throw invalid("meta." + shown(json.name()), json.kind(), "a string");
      }
    }
  }

  private @Nullable JsonSlice nothing() {
    json.skip();
    return null;
  }

  /** False for null, which is as good as absent. */
  private boolean object(String field, String expected) {
    once(field);
    JsonKind kind = json.kind();
    if (kind != JsonKind.OBJECT && kind != JsonKind.NULL) {
      throw invalid(field, kind, expected);
    }
    return kind == JsonKind.OBJECT;
  }

  private String text(String field) {
    once(field);
    JsonKind kind = json.kind();
    if (kind == JsonKind.NULL) {
      json.skip();
      return "";
    } else if (kind != JsonKind.STRING) {
      throw invalid(field, kind, "a string");
    }
    return json.string();
  }

  /** Readers disagree on which one of two counts, and checks might look at the other one. */
  private void once(String field) {
    if (!seen.add(field)) {
      throw new InferenceException(
          new InvalidRequest(field + ": given twice (expected: once)", field));
    }
  }

  static InferenceException invalid(String field, JsonKind found, String expected) {
    String kind = found.name().toLowerCase(Locale.ROOT);
    return new InferenceException(
        new InvalidRequest(field + ": " + kind + " (expected: " + expected + ")", field));
  }

  /** A name of the caller's choice, fit for a message. */
  private static String shown(String name) {
    String start = name.length() <= 64 ? name : name.substring(0, 64) + "...";
    return start.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
