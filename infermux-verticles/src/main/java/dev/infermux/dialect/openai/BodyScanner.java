package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.openai.BodyLayout.Maximum;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Scans a request body once: validates it, collects the {@link BodyFacts} and builds no tree. */
final class BodyScanner {

  private static final byte[] MODEL = ascii("model");
  private static final byte[] MESSAGES = ascii("messages");
  private static final byte[] PROMPT = ascii("prompt");
  private static final byte[] INPUT = ascii("input");
  private static final byte[] STREAM = ascii("stream");
  private static final byte[] STREAM_OPTIONS = ascii("stream_options");
  private static final byte[] INCLUDE_USAGE = ascii("include_usage");
  private static final byte[] MAX_TOKENS = ascii("max_tokens");
  private static final byte[] MAX_COMPLETION_TOKENS = ascii("max_completion_tokens");
  private static final byte[] SERVICE_TIER = ascii("service_tier");
  private static final byte[] N = ascii("n");
  private static final byte[] BEST_OF = ascii("best_of");
  private static final byte[] PREDICTION = ascii("prediction");
  private static final byte[] TEMPERATURE = ascii("temperature");
  private static final byte[] TOP_P = ascii("top_p");

  /** What decides where a call goes and what it may cost. */
  private static final List<String> READ =
      List.of(
          "model",
          "messages",
          "prompt",
          "input",
          "stream",
          "stream_options",
          "max_tokens",
          "max_completion_tokens",
          "n",
          "best_of",
          "prediction",
          "service_tier");

  /** Names are kept: in records, prices and reports. */
  private static final int LONGEST_MODEL = 256;

  private final JsonCursor json;
  private final FieldReader fields;
  private final PromptScanner prompts;
  private final byte[] promptField;
  private final Set<Seen> seen = EnumSet.noneOf(Seen.class);

  private String model = "";
  private Span modelAt = Span.ABSENT;
  private boolean stream;
  private Span options = Span.ABSENT;
  private boolean optionsEmpty = true;
  private Span includeUsage = Span.ABSENT;
  private boolean showsUsage;
  private Maximum maxTokens = Maximum.ABSENT;
  private Maximum maxCompletionTokens = Maximum.ABSENT;
  private int inside;
  private int promptEnd;
  private long choices = 1;
  private long bestOf = 1;
  private int predictionBytes;
  private String tier = "";
  private long textLength;

  private BodyScanner(Operation operation, byte[] body) {
    this.json = new JsonCursor(body);
    this.fields = new FieldReader(json);
    this.prompts = new PromptScanner(json);
    this.promptField =
        switch (operation) {
          case CHAT -> MESSAGES;
          case COMPLETION -> PROMPT;
          case EMBEDDINGS -> INPUT;
          default -> throw new IllegalArgumentException(operation + " has no such body");
        };
  }

  /**
   * Scans a body.
   *
   * @param modelRequired false where an absent model means that the router picks one
   * @throws InferenceException with {@link InvalidRequest} naming what is wrong and where
   */
  static OpenAiRequestBody scan(Operation operation, byte[] body, boolean modelRequired) {
    try {
      BodyScanner scanner = new BodyScanner(operation, body);
      BodyFacts facts = scanner.facts(modelRequired);
      return new OpenAiRequestBody(operation, body, facts, scanner.layout());
    } catch (JsonSyntaxException e) {
      throw FieldReader.invalid("request body: " + e.getMessage(), null);
    }
  }

  private BodyFacts facts(boolean modelRequired) {
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
    if (modelRequired && model.isEmpty()) {
      throw FieldReader.invalid("model: missing or empty (expected: a model's name)", "model");
    }
    String promptName = new String(promptField, US_ASCII);
    if (!seen.contains(Seen.PROMPT)) {
      throw FieldReader.invalid(
          promptName + ": missing (expected: " + promptShape() + ")", promptName);
    }
    return new BodyFacts(
        model,
        stream,
        showsUsage,
        most(),
        choices,
        bestOf,
        promptField == PROMPT ? prompts.prompts() : 1,
        predictionBytes,
        textLength,
        prompts.attachments(),
        prompts.attachmentBytes(),
        tier);
  }

  private BodyLayout layout() {
    return new BodyLayout(
        inside,
        modelAt,
        options,
        optionsEmpty,
        includeUsage,
        maxTokens,
        maxCompletionTokens,
        promptEnd);
  }

  private void field() {
    if (json.nameIs(MODEL)) {
      once(Seen.MODEL, "model");
      model();
    } else if (json.nameIs(promptField)) {
      once(Seen.PROMPT, new String(promptField, US_ASCII));
      textLength = promptField == MESSAGES ? prompts.messages() : prompts.texts(promptField);
      promptEnd = json.position();
    } else if (json.nameIs(STREAM)) {
      once(Seen.STREAM, "stream");
      stream = !fields.nullSkipped() && fields.flag("stream");
    } else if (json.nameIs(STREAM_OPTIONS)) {
      once(Seen.STREAM_OPTIONS, "stream_options");
      options();
    } else if (json.nameIs(MAX_TOKENS)) {
      once(Seen.MAX_TOKENS, "max_tokens");
      maxTokens = maximum("max_tokens");
    } else if (json.nameIs(MAX_COMPLETION_TOKENS)) {
      once(Seen.MAX_COMPLETION_TOKENS, "max_completion_tokens");
      maxCompletionTokens = maximum("max_completion_tokens");
    } else if (json.nameIs(N)) {
      once(Seen.N, "n");
      choices = fields.nullSkipped() ? 1 : fields.count("n", 1);
    } else if (promptField == PROMPT && json.nameIs(BEST_OF)) {
      once(Seen.BEST_OF, "best_of");
      bestOf = fields.nullSkipped() ? 1 : fields.count("best_of", 1);
    } else if (json.nameIs(SERVICE_TIER)) {
      once(Seen.SERVICE_TIER, "service_tier");
      tier = fields.textOrNothing();
    } else if (json.nameIs(PREDICTION)) {
      predictionBytes += fields.nullSkipped() ? 0 : fields.skipped();
    } else if (json.nameIs(TEMPERATURE) || json.nameIs(TOP_P)) {
      number(json.name());
    } else {
      unread();
    }
  }

  private void number(String name) {
    if (!fields.nullSkipped()) {
      fields.expect(JsonKind.NUMBER, name, "a number");
      json.skip();
    }
  }

  /** In a chat 0 is no maximum: some servers refuse it, and some write without end. */
  private long most() {
    long most = Math.max(maxTokens.value(), maxCompletionTokens.value());
    return most == 0 && promptField == MESSAGES ? -1 : most;
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

  /** Some servers do not tell capitals apart: they would read what was not read here. */
  private void unread() {
    String name = json.name();
    READ.forEach(read -> unlike(read, name));
    json.skip();
  }

  private void options() {
    int from = json.position();
    if (!fields.nullSkipped()) {
      fields.expect(JsonKind.OBJECT, "stream_options", "an object");
      json.enterObject();
      while (json.nextField()) {
        optionsEmpty = false;
        option();
      }
    }
    options = new Span(from, json.position());
  }

  private void option() {
    if (json.nameIs(INCLUDE_USAGE)) {
      once(Seen.INCLUDE_USAGE, "stream_options.include_usage");
      int from = json.position();
      showsUsage = !fields.nullSkipped() && fields.flag("stream_options.include_usage");
      includeUsage = new Span(from, json.position());
    } else {
      unlike("include_usage", json.name());
      json.skip();
    }
  }

  private static void unlike(String read, String name) {
    if (read.equalsIgnoreCase(name) && !read.equals(name)) {
      throw FieldReader.invalid(name + ": unknown (expected: " + read + ")", name);
    }
  }

  private Maximum maximum(String name) {
    int from = json.position();
    long value = fields.nullSkipped() ? -1 : fields.count(name, 0);
    return new Maximum(new Span(from, json.position()), value);
  }

  /** A key that is read here and stands twice would let the router and the provider disagree. */
  private void once(Seen field, String name) {
    if (!seen.add(field)) {
      throw FieldReader.invalid(name + ": given twice (expected: once)", name);
    }
  }

  private String promptShape() {
    return promptField == MESSAGES ? "a non-empty array of messages" : "a string or an array";
  }

  private static byte[] ascii(String name) {
    return name.getBytes(US_ASCII);
  }

  private enum Seen {
    MODEL,
    PROMPT,
    STREAM,
    STREAM_OPTIONS,
    MAX_TOKENS,
    MAX_COMPLETION_TOKENS,
    N,
    BEST_OF,
    SERVICE_TIER,
    INCLUDE_USAGE
  }
}
