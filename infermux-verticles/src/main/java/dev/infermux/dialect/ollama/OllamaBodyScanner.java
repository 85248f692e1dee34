package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.ScannedBody.Insertion;
import dev.infermux.dialect.ScannedBody.Places;
import dev.infermux.inference.BodyFacts;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Scans a request body once: validates it, collects the {@link BodyFacts} and builds no tree. */
final class OllamaBodyScanner {

  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] STREAM = "stream".getBytes(US_ASCII);
  private static final byte[] OPTIONS = "options".getBytes(US_ASCII);
  private static final byte[] NUM_PREDICT = "num_predict".getBytes(US_ASCII);

  /** What decides where a call goes and what it may cost. */
  private static final List<String> READ = List.of("model", "stream", "options");

  /** Names are kept: in records, prices and reports. */
  private static final int LONGEST_MODEL = 256;

  private static final int NOWHERE = -1;

  private final OllamaEndpoint endpoint;
  private final byte[] body;
  private final JsonCursor json;
  private final FieldReader fields;
  private final OllamaPromptScanner prompts;
  private final byte[] promptField;
  private final Set<String> seen = new HashSet<>();

  private String model = "";
  private Span modelAt = Span.ABSENT;
  private boolean stream = true;
  private Span maximumAt = Span.ABSENT;
  private long maximum = -1;
  private Insertion newMaximum = new Insertion(NOWHERE, "", "");
  private Span nullOptions = Span.ABSENT;
  private int inside;
  private int promptEnd;

  private OllamaBodyScanner(OllamaEndpoint endpoint, byte[] body) {
    this.endpoint = endpoint;
    this.body = body;
    this.json = new JsonCursor(body);
    this.fields = new FieldReader(json);
    this.prompts = new OllamaPromptScanner(json, fields);
    this.promptField = endpoint.prompt().getBytes(US_ASCII);
  }

  /**
   * Scans a body.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest} naming what is
   *     wrong and where
   */
  static OllamaBodyScanner scan(OllamaEndpoint endpoint, byte[] body) {
    OllamaBodyScanner scanner = new OllamaBodyScanner(endpoint, body);
    try {
      scanner.document();
    } catch (JsonSyntaxException e) {
      throw FieldReader.invalid("request body: " + e.getMessage(), null);
    }
    return scanner;
  }

  OllamaRequestBody body() {
    // A request that only loads or unloads a model is always answered whole.
    boolean asks = prompts.asked();
    BodyFacts facts =
        new BodyFacts(
            model,
            stream && asks && endpoint.streams(),
            true,
            maximum,
            1,
            1,
            1,
            0,
            prompts.textLength(),
            prompts.attachments(),
            prompts.attachmentBytes(),
            "");
    return new OllamaRequestBody(
        endpoint, body, facts, new Places(inside, modelAt, maximumAt, newMaximum));
  }

  /** The byte after the prompt: after a chat's closing bracket. */
  int promptEnd() {
    return promptEnd;
  }

  /** Where options stand that are null. */
  Span nullOptions() {
    return nullOptions;
  }

  private void document() {
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
    if (!endpoint.streams() && !seen.contains(endpoint.prompt())) {
      throw FieldReader.invalid(
          endpoint.prompt() + ": missing (expected: " + prompts.shape(endpoint) + ")",
          endpoint.prompt());
    }
    if (newMaximum.at() == NOWHERE && nullOptions.isAbsent()) {
      newMaximum = new Insertion(inside, "\"options\":{\"num_predict\":", "},");
    }
  }

  private void field() {
    if (json.nameIs(MODEL)) {
      once("model");
      model();
    } else if (json.nameIs(promptField)) {
      once(endpoint.prompt());
      prompts.prompt(endpoint);
      promptEnd = json.position();
    } else if (json.nameIs(STREAM)) {
      once("stream");
      stream = fields.nullSkipped() || fields.flag("stream");
    } else if (json.nameIs(OPTIONS)) {
      once("options");
      options();
    } else if (!prompts.beside(endpoint)) {
      unread();
    }
  }

  private void model() {
    fields.expect(JsonKind.STRING, "model", "a model's name");
    int from = json.position();
    model = json.string();
    modelAt = new Span(from, json.position());
    if (model.length() > LONGEST_MODEL) {
      throw FieldReader.invalid(
          "model: " + model.length() + " characters (expected: at most " + LONGEST_MODEL + ")",
          "model");
    }
  }

  private void options() {
    int from = json.position();
    if (fields.nullSkipped()) {
      nullOptions = new Span(from, json.position());
      return;
    }
    fields.expect(JsonKind.OBJECT, "options", "an object");
    json.enterObject();
    int first = json.position();
    boolean empty = true;
    while (json.nextField()) {
      empty = false;
      if (json.nameIs(NUM_PREDICT)) {
        once("options.num_predict");
        numPredict();
      } else {
        json.skip();
      }
    }
    newMaximum = new Insertion(first, "\"num_predict\":", empty ? "" : ",");
  }

  /** Negative numbers are words of Ollama's for no maximum, and 0 is none that can be kept. */
  private void numPredict() {
    int from = json.position();
    long value = fields.nullSkipped() ? -1 : fields.count("options.num_predict", Integer.MIN_VALUE);
    maximumAt = new Span(from, json.position());
    maximum = value <= 0 ? -1 : value;
  }

  /** Ollama takes names in any case, so that another spelling would be another model there. */
  private void unread() {
    String name = json.name();
    for (String read : READ) {
      if (name.equalsIgnoreCase(read)) {
        throw FieldReader.invalid(name + ": not a field (expected: " + read + ")", read);
      }
    }
    if (name.equalsIgnoreCase(endpoint.prompt())) {
      throw FieldReader.invalid(
          name + ": not a field (expected: " + endpoint.prompt() + ")", endpoint.prompt());
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
