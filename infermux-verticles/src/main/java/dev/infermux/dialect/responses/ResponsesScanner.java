package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.ScannedBody.Insertion;
import dev.infermux.dialect.ScannedBody.Places;
import dev.infermux.inference.Binding;
import dev.infermux.inference.BodyFacts;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Scans a request body once: validates it, collects its facts and builds no tree. */
final class ResponsesScanner {

  private static final byte[] CONTAINER = "container".getBytes(US_ASCII);
  private static final byte[] ID = "id".getBytes(US_ASCII);

  /** What decides where a call goes and what it may cost. */
  private static final List<String> READ =
      List.of("model", "input", "stream", "max_output_tokens", "service_tier");

  /** Names are kept: in records, prices and reports. */
  private static final int LONGEST_MODEL = 256;

  private final JsonCursor json;
  private final FieldReader fields;
  private final InputScanner input;
  private final List<Binding> bindings = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private String model = "";
  private Span modelAt = Span.ABSENT;
  private boolean stream;
  private String tier = "";
  private boolean background;
  private long most = -1;
  private Span mostAt = Span.ABSENT;
  private int inside;
  private boolean prompted;
  private long instructions;

  private ResponsesScanner(byte[] body) {
    this.json = new JsonCursor(body);
    this.fields = new FieldReader(json);
    this.input = new InputScanner(json, bindings);
  }

  static ResponsesRequestBody scan(ResponsesEndpoint endpoint, byte[] body) {
    try {
      ResponsesScanner scanner = new ResponsesScanner(body);
      scanner.document();
      return scanner.body(endpoint, body);
    } catch (JsonSyntaxException e) {
      throw FieldReader.invalid("request body: " + e.getMessage(), null);
    }
  }

  private ResponsesRequestBody body(ResponsesEndpoint endpoint, byte[] bytes) {
    if (stream && endpoint != ResponsesEndpoint.CREATE) {
      throw FieldReader.invalid("stream: true (expected: none, here)", "stream");
    }
    long text = instructions + input.textLength();
    BodyFacts facts =
        new BodyFacts(
            model,
            stream,
            true,
            most,
            1,
            1,
            1,
            0,
            text,
            input.attachments(),
            input.attachmentBytes(),
            tier);
    Insertion added = Insertion.first(inside, "max_output_tokens");
    Places places = new Places(inside, modelAt, mostAt, added);
    InputFacts bound =
        new InputFacts(bindings, input.sealedItems(), input.foreignSeals(), background);
    return new ResponsesRequestBody(bytes, facts, places, endpoint, bound);
  }

  private void document() {
    if (json.kind() != JsonKind.OBJECT) {
      throw FieldReader.invalid(
          "request body: " + fields.found() + " (expected: a JSON object)", null);
    }
    json.enterObject();
    inside = json.position();
    while (json.nextField()) {
      field(json.name());
    }
    json.end();
    if (model.isEmpty()) {
      throw FieldReader.invalid("model: missing or empty (expected: a model's name)", "model");
    }
    if (!prompted) {
      throw FieldReader.invalid(
          "input: missing (expected: a string or a non-empty array of items)", "input");
    }
  }

  private void field(String name) {
    switch (name) {
      case "model" -> model();
      case "input" -> input();
      case "max_output_tokens" -> {
        once(name);
        int from = json.position();
        most = fields.nullSkipped() ? -1 : fields.count(name, 1);
        mostAt = new Span(from, json.position());
      }
      case "service_tier" -> {
        once(name);
        tier = fields.textOrNothing();
      }
      case "stream" -> {
        once(name);
        stream = !fields.nullSkipped() && fields.flag(name);
      }
      default -> {
        if (!fields.nullSkipped()) {
          given(name);
        }
      }
    }
  }

  private void given(String name) {
    switch (name) {
      case "instructions" -> {
        fields.expect(JsonKind.STRING, name, "a string");
        instructions = json.stringLength();
      }
      case "background" -> {
        once(name);
        background = fields.flag(name);
      }
      case "store", "parallel_tool_calls" -> fields.flag(name);
      case "temperature", "top_p" -> skipped(JsonKind.NUMBER, name, "a number");
      case "text", "reasoning", "metadata" -> skipped(JsonKind.OBJECT, name, "an object");
      case "include" -> skipped(JsonKind.ARRAY, name, "an array of strings");
      case "tools" -> tools();
      case "previous_response_id" -> {
        fields.expect(JsonKind.STRING, name, "a response's id");
        bound(json.string());
      }
      case "conversation" -> conversation();
      case "prompt" -> {
        skipped(JsonKind.OBJECT, name, "an object");
        prompted = true;
      }
      default -> unread(name);
    }
  }

  private void model() {
    once("model");
    fields.expect(JsonKind.STRING, "model", "a string");
    int from = json.position();
    model = json.string();
    modelAt = new Span(from, json.position());
    if (model.length() > LONGEST_MODEL) {
      throw FieldReader.invalid(
          "model: " + model.length() + " characters (expected: at most " + LONGEST_MODEL + ")",
          "model");
    }
  }

  private void input() {
    once("input");
    if (!fields.nullSkipped()) {
      input.value();
      prompted = true;
    }
  }

  /** Code runs in a container that only its provider has. */
  private void tools() {
    fields.expect(JsonKind.ARRAY, "tools", "an array of tools");
    json.enterArray();
    for (int i = 0; json.nextElement(); i++) {
      fields.expect(JsonKind.OBJECT, "tools[" + i + "]", "an object with type");
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(CONTAINER) && json.kind() == JsonKind.STRING) {
          bindings.add(new Binding(json.string(), true));
        } else {
          json.skip();
        }
      }
    }
  }

  private void conversation() {
    if (json.kind() == JsonKind.STRING) {
      bound(json.string());
      return;
    }
    fields.expect(JsonKind.OBJECT, "conversation", "a conversation's id or an object with it");
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(ID) && json.kind() == JsonKind.STRING) {
        bound(json.string());
      } else {
        json.skip();
      }
    }
  }

  /** The request goes on with what its provider keeps. */
  private void bound(String id) {
    prompted = true;
    bindings.add(new Binding(id, true));
  }

  private void skipped(JsonKind kind, String name, String expected) {
    fields.expect(kind, name, expected);
    json.skip();
  }

  /** Some servers do not tell capitals apart: they would read what was not read here. */
  private void unread(String name) {
    for (String read : READ) {
      if (read.equalsIgnoreCase(name)) {
        throw FieldReader.invalid(name + ": unknown (expected: " + read + ")", name);
      }
    }
    json.skip();
  }

  /** A key that is read here and stands twice would let the router and the provider disagree. */
  private void once(String name) {
    if (!seen.add(name)) {
      throw FieldReader.invalid(name + ": given twice (expected: once)", name);
    }
  }
}
