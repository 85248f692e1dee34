package dev.infermux.dialect.openai;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one chunk of a stream in one pass: its facts, and whether it keeps to the profile that all
 * clients take (see {@link ChunkRepair}). One reader serves a whole stream.
 */
final class ChunkReader {

  private static final int ALL_HEAD_FIELDS = 4;

  private final ChoiceStates states;
  private final ChoiceReader choice;
  private String id = "";
  private String model = "";
  private String tier = "";
  private long created = -1;
  private String finishReason = "";

  private byte[] bytes = {};
  private @Nullable Usage usage;
  private int usageFrom;
  private int usageTo;
  private int choices;
  private int headFields;
  private boolean failed;
  private boolean odd;
  private boolean late;

  /** A reader of chunks whose choices are read and kept there. */
  ChunkReader(ChoiceStates states, ChoiceReader choice) {
    this.states = states;
    this.choice = choice;
  }

  /**
   * Reads a chunk; the accessors then speak of it.
   *
   * @throws JsonSyntaxException when it is not a JSON object
   */
  void read(byte[] chunk, int from, int to) {
    bytes = chunk;
    usage = null;
    usageTo = 0;
    choices = -1;
    headFields = 0;
    failed = false;
    odd = false;
    late = false;
    choice.newChunk(chunk);
    JsonCursor json = new JsonCursor(chunk, from, to);
    json.enterObject();
    while (json.nextField()) {
      field(json);
    }
    json.end();
    JsonSlice within = choice.usage();
    if (within != null && usageTo == 0) {
      usage(within.cursor(), within.from());
    }
    late = choices > 0 && states.late();
    states.commit();
    failed |= choice.failed();
    finishReason = finishReason.isEmpty() ? choice.reason() : finishReason;
    odd |= choice.odd() || headFields != ALL_HEAD_FIELDS || (usageTo > 0 && choices > 0);
  }

  /** The number of choices; -1 when there is no such array. */
  int choices() {
    return choices;
  }

  /** What is counted; null when nothing is. */
  @Nullable Usage usage() {
    return usage == null ? null : usage.inTier(tier);
  }

  /** The usage as it is spelt; null when there is none. */
  @Nullable JsonSlice spelledUsage() {
    return usageTo == 0 ? null : new JsonSlice(bytes, usageFrom, usageTo);
  }

  long contentChars() {
    return choice.characters();
  }

  /** Whether it has content, of any kind. */
  boolean says() {
    return choice.says();
  }

  /** Whether a choice gives its reason to end. */
  boolean finishes() {
    return !choice.reason().isEmpty();
  }

  /** Whether this choice does. */
  boolean finishes(int choice) {
    return states.finishesNow(choice);
  }

  /** Whether the chunk, or a choice in it, is an error. */
  boolean failed() {
    return failed;
  }

  /** Whether all of its choices had given their reason to end before. */
  boolean late() {
    return late;
  }

  /** Whether some client is known to break on it. */
  boolean odd() {
    return odd;
  }

  /** The stream's id; empty when it has none. */
  String id() {
    return id;
  }

  /** In epoch seconds; negative when the stream does not say. */
  long created() {
    return created;
  }

  /** The stream's model; empty when it has not been named. */
  String model() {
    return model;
  }

  /** The first reason a choice of the stream gave for its end; empty when none has. */
  String finishReason() {
    return finishReason;
  }

  private void field(JsonCursor json) {
    if (json.nameIs(OpenAiFields.CHOICES) && json.kind() == JsonKind.ARRAY) {
      choices(json);
    } else if (json.nameIs(OpenAiFields.MODEL)) {
      model = head(json, model);
    } else if (json.nameIs(OpenAiFields.ID)) {
      id = head(json, id);
    } else if (json.nameIs(OpenAiFields.OBJECT)) {
      head(json, "known");
    } else if (json.nameIs(OpenAiFields.CREATED)) {
      created(json);
    } else if (json.nameIs(OpenAiFields.SERVICE_TIER) && json.kind() == JsonKind.STRING) {
      tier = json.string();
    } else if (json.nameIs(OpenAiFields.USAGE)) {
      usage(json, json.position());
    } else if (json.nameIs(OpenAiFields.X_GROQ) && json.kind() == JsonKind.OBJECT) {
      extension(json);
    } else if (json.nameIs(OpenAiFields.ERROR)) {
      failed |= ErrorBody.told(json);
      odd = true;
    } else {
      json.skip();
    }
  }

  /** Reads a text that every chunk repeats, once; {@code known} is what is known of it so far. */
  private String head(JsonCursor json, String known) {
    if (json.kind() != JsonKind.STRING) {
      json.skip();
      return known;
    }
    if (!known.isEmpty()) {
      headFields += json.isEmptyString() ? 0 : 1;
      return known;
    }
    String text = json.string();
    headFields += text.isEmpty() ? 0 : 1;
    return text;
  }

  private void created(JsonCursor json) {
    boolean spelt = json.kind() == JsonKind.NUMBER;
    int from = json.position();
    long seconds = spelt ? OpenAiNumbers.whole(json, -1) : -1;
    if (seconds >= 0) {
      created = seconds > 0 || created < 0 ? seconds : created;
      headFields++;
      return;
    }
    if (!spelt) {
      json.skip();
    }
    long mended = OpenAiNumbers.seconds(new JsonSlice(bytes, from, json.position()));
    created = mended > 0 && created <= 0 ? mended : created;
  }

  private void usage(JsonCursor json, int from) {
    boolean object = json.kind() == JsonKind.OBJECT;
    usage = UsageReader.read(json);
    if (object && json.position() - from > 2) {
      usageFrom = from;
      usageTo = json.position();
    }
  }

  /** Groq reports its usage there, and not always elsewhere too. */
  private void extension(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.USAGE) && usageTo == 0) {
        usage(json, json.position());
      } else {
        json.skip();
      }
    }
  }

  private void choices(JsonCursor json) {
    choices = 0;
    json.enterArray();
    while (json.nextElement()) {
      choice.read(json, choices++);
    }
  }
}
