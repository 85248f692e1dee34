package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.FieldReader;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.Span;
import dev.infermux.json.Splice;

/** A relayed request in a form, whose files stay where they are. */
final class RelayedForm implements RelayedRequest {

  private static final int LONGEST_VALUE = 1_024;

  private final String path;
  private final String contentType;
  private final byte[] bytes;
  private final BodyFacts facts;
  private final Span model;

  private RelayedForm(String path, String contentType, byte[] bytes, BodyFacts facts, Span model) {
    this.path = path;
    this.contentType = contentType;
    this.bytes = bytes;
    this.facts = facts;
    this.model = model;
  }

  static RelayedForm scan(String path, String contentType, byte[] bytes) {
    RelayedFacts found = new RelayedFacts();
    new FormParts(bytes, FormParts.boundary(contentType))
        .each(
            (name, value) -> {
              switch (name) {
                case "model" -> found.model(text(bytes, value), value);
                case "stream" -> found.stream(text(bytes, value).strip().equals("true"));
                case "n" -> found.choices(count(text(bytes, value).strip()));
                default -> {}
              }
            });
    return new RelayedForm(path, contentType, bytes, found.facts(), found.modelAt());
  }

  private static String text(byte[] bytes, Span value) {
    int length = value.to() - value.from();
    if (length > LONGEST_VALUE) {
      throw FieldReader.invalid("request body: a field of " + length + " bytes", null);
    }
    return new String(bytes, value.from(), length, UTF_8);
  }

  private static long count(String value) {
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw FieldReader.invalid("n: \"" + value + "\" (expected: an integer >= 1)", "n");
    }
    return Long.parseLong(value);
  }

  @Override
  public Dialect dialect() {
    return OpenAiDialect.INSTANCE;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public BodyFacts facts() {
    return facts;
  }

  @Override
  public RelayedForm withModel(String name) {
    if (name.equals(facts.model()) || model.isAbsent()) {
      return this;
    }
    Splice edits = new Splice(bytes).replace(model, name);
    return new RelayedForm(
        path, contentType, edits.bytes(), facts.withModel(name), edits.moved(model));
  }

  @Override
  public byte[] bytesFor(String name) {
    return withModel(name).bytes;
  }

  @Override
  public RelayedForm withMaxTokens(long most) {
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
    return contentType;
  }
}
