package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.ScannedBody.Insertion;
import dev.infermux.dialect.ScannedBody.Places;
import dev.infermux.inference.Binding;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Scans a request body once: validates it, collects the {@link BodyFacts} and builds no tree. */
final class MessagesScanner {

  /** What decides where a call goes and what it may cost. */
  private static final List<String> READ = List.of("model", "messages", "stream", "max_tokens");

  /** Names are kept: in records, prices and reports. */
  private static final int LONGEST_MODEL = 256;

  private final boolean maximumRequired;
  private final JsonCursor json;
  private final FieldReader fields;
  private final BlockScanner blocks;
  private final Set<Seen> seen = EnumSet.noneOf(Seen.class);

  private String model = "";
  private Span modelAt = Span.ABSENT;
  private boolean stream;
  private String tier = "";
  private String speed = "";
  private long maxTokens = -1;
  private Span maxTokensAt = Span.ABSENT;
  private int inside;
  private long textLength;

  private MessagesScanner(Operation operation, byte[] body) {
    this.maximumRequired = operation == Operation.CHAT;
    this.json = new JsonCursor(body);
    this.fields = new FieldReader(json);
    this.blocks = new BlockScanner(json, fields);
  }

  /**
   * Scans a body.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest} naming what is
   *     wrong and where
   */
  static AnthropicRequestBody scan(Operation operation, byte[] body) {
    try {
      MessagesScanner scanner = new MessagesScanner(operation, body);
      BodyFacts facts = scanner.facts();
      return new AnthropicRequestBody(
          body, facts, scanner.places(), scanner.blocks.bindings(), scanner.blocks.foreign());
    } catch (JsonSyntaxException e) {
      throw FieldReader.invalid("request body: " + e.getMessage(), null);
    }
  }

  private BodyFacts facts() {
    if (json.kind() != JsonKind.OBJECT) {
      throw FieldReader.invalid(
          "request body: " + fields.found() + " (expected: a JSON object)", null);
    }
    json.enterObject();
    inside = json.position();
    while (json.nextField()) {
      field();
    }
    json.end();
    if (model.isEmpty()) {
      throw FieldReader.invalid("model: missing or empty (expected: a model's name)", "model");
    }
    if (!seen.contains(Seen.MESSAGES)) {
      throw FieldReader.invalid(
          "messages: missing (expected: a non-empty array of messages)", "messages");
    }
    if (maximumRequired && maxTokens < 0) {
      throw FieldReader.invalid("max_tokens: missing (expected: an integer >= 0)", "max_tokens");
    }
    return new BodyFacts(
        model,
        stream && maximumRequired,
        true,
        maxTokens,
        1,
        1,
        1,
        0,
        textLength,
        blocks.attachments(),
        blocks.attachmentBytes(),
        MessageUsage.tier(speed, tier));
  }

  private Places places() {
    return new Places(inside, modelAt, maxTokensAt, Insertion.first(inside, "max_tokens"));
  }

  private void field() {
    if (json.nameIs(MessageFields.MODEL)) {
      once(Seen.MODEL, "model");
      model();
    } else if (json.nameIs(MessageFields.MESSAGES)) {
      once(Seen.MESSAGES, "messages");
      textLength += blocks.messages();
    } else if (json.nameIs(MessageFields.SYSTEM)) {
      once(Seen.SYSTEM, "system");
      textLength += fields.nullSkipped() ? 0 : blocks.content("system");
    } else if (json.nameIs(MessageFields.STREAM)) {
      once(Seen.STREAM, "stream");
      stream = !fields.nullSkipped() && fields.flag("stream");
    } else if (json.nameIs(MessageFields.MAX_TOKENS)) {
      once(Seen.MAX_TOKENS, "max_tokens");
      int from = json.position();
      maxTokens = fields.count("max_tokens", 0);
      maxTokensAt = new Span(from, json.position());
    } else if (json.nameIs(MessageFields.TOOLS)) {
      once(Seen.TOOLS, "tools");
      if (!fields.nullSkipped()) {
        fields.expect(JsonKind.ARRAY, "tools", "an array of tools");
        textLength += fields.skipped();
      }
    } else if (json.nameIs(MessageFields.SERVICE_TIER)) {
      tier = fields.textOrNothing();
    } else if (json.nameIs(MessageFields.SPEED)) {
      speed = fields.textOrNothing();
    } else if (json.nameIs(MessageFields.CONTAINER)) {
      container();
    } else {
      unread();
    }
  }

  private void model() {
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

  /** An id, or an object that may have one; what runs in a container is lost without it. */
  private void container() {
    if (json.kind() == JsonKind.STRING) {
      blocks.bindings().add(new Binding(json.string(), true));
    } else if (json.kind() == JsonKind.OBJECT) {
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(MessageFields.ID) && json.kind() == JsonKind.STRING) {
          blocks.bindings().add(new Binding(json.string(), true));
        } else {
          json.skip();
        }
      }
    } else {
      json.skip();
    }
  }

  /** Some servers do not tell capitals apart: they would read what was not read here. */
  private void unread() {
    String name = json.name();
    for (String read : READ) {
      if (read.equalsIgnoreCase(name)) {
        throw FieldReader.invalid(name + ": unknown (expected: " + read + ")", name);
      }
    }
    json.skip();
  }

  /** A key that is read here and stands twice would let the router and the provider disagree. */
  private void once(Seen field, String name) {
    if (!seen.add(field)) {
      throw FieldReader.invalid(name + ": given twice (expected: once)", name);
    }
  }

  private enum Seen {
    MODEL,
    MESSAGES,
    SYSTEM,
    STREAM,
    MAX_TOKENS,
    TOOLS
  }
}
