package dev.infermux.dialect.openai;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.ScannedBody;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.Span;

/** A relayed request in JSON. */
final class RelayedJson extends ScannedBody implements RelayedRequest {

  private static final String JSON = "application/json";

  private final String path;

  private RelayedJson(String path, byte[] bytes, BodyFacts facts, Places places) {
    super(OpenAiDialect.INSTANCE, bytes, facts, places);
    this.path = path;
  }

  static RelayedJson scan(String path, byte[] bytes) {
    JsonCursor json = new JsonCursor(bytes);
    FieldReader fields = new FieldReader(json);
    try {
      fields.expect(JsonKind.OBJECT, "request body", "a JSON object");
      RelayedFacts found = new RelayedFacts();
      json.enterObject();
      int inside = json.position();
      while (json.nextField()) {
        field(json, fields, found);
      }
      json.end();
      Places places =
          new Places(inside, found.modelAt(), Span.ABSENT, Insertion.first(inside, "max_tokens"));
      return new RelayedJson(path, bytes, found.facts(), places);
    } catch (JsonSyntaxException e) {
      throw FieldReader.invalid("request body: " + e.getMessage(), null);
    }
  }

  private static void field(JsonCursor json, FieldReader fields, RelayedFacts found) {
    String name = json.name();
    if (fields.nullSkipped()) {
      return;
    }
    switch (name) {
      case "model" -> {
        fields.expect(JsonKind.STRING, name, "a string");
        int from = json.position();
        String model = json.string();
        found.model(model, new Span(from, json.position()));
      }
      case "stream" -> found.stream(fields.flag(name));
      case "n" -> found.choices(fields.count(name, 1));
      default -> json.skip();
    }
  }

  @Override
  protected RelayedJson edited(byte[] bytes, BodyFacts facts, Places places) {
    return new RelayedJson(path, bytes, facts, places);
  }

  @Override
  public RelayedJson withMaxTokens(long most) {
    return this;
  }

  @Override
  public RequestBody continuing(String text) {
    throw new UnsupportedOperationException("only a chat can go on");
  }

  /** Its text is not looked at. */
  @Override
  public void visitPrompt(PromptVisitor visitor) {}

  @Override
  public String path() {
    return path;
  }

  @Override
  public String contentType() {
    return JSON;
  }
}
