package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one chunk of a stream in one pass: its facts, and whether it keeps to the profile that all
 * clients take (see {@link ChunkRepair}). One reader serves a whole stream.
 */
final class ChunkReader {

  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] OBJECT = "object".getBytes(US_ASCII);
  private static final byte[] CREATED = "created".getBytes(US_ASCII);
  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] CHOICES = "choices".getBytes(US_ASCII);
  private static final byte[] USAGE = "usage".getBytes(US_ASCII);
  private static final byte[] ERROR = "error".getBytes(US_ASCII);
  private static final byte[] INDEX = "index".getBytes(US_ASCII);
  private static final byte[] DELTA = "delta".getBytes(US_ASCII);
  private static final byte[] TEXT = "text".getBytes(US_ASCII);
  private static final byte[] TOOL_CALLS = "tool_calls".getBytes(US_ASCII);
  private static final byte[] ROLE = "role".getBytes(US_ASCII);
  private static final byte[] FINISH_REASON = "finish_reason".getBytes(US_ASCII);

  private static final int ALL_HEAD_FIELDS = 4;

  private final ChoiceStates states;
  private final ToolFragments fragments;
  private final byte[] content;
  private final JsonKind kind;
  private String id = "";
  private String model = "";
  private long created = -1;
  private String finishReason = "";

  private @Nullable Usage usage;
  private long contentChars;
  private int choices;
  private int headFields;
  private boolean failed;
  private String reason = "";
  private boolean odd;
  private boolean late;

  /**
   * A reader for chat chunks, or for those of legacy completions.
   *
   * @param chat whether a choice must hold a {@code delta}; else it is {@code text}
   */
  ChunkReader(boolean chat, ChoiceStates states, ToolFragments fragments) {
    this.content = chat ? DELTA : TEXT;
    this.kind = chat ? JsonKind.OBJECT : JsonKind.STRING;
    this.states = states;
    this.fragments = fragments;
  }

  /**
   * Reads a chunk; the accessors then speak of it.
   *
   * @throws JsonSyntaxException when it is not a JSON object
   */
  void read(byte[] bytes, int from, int to) {
    usage = null;
    contentChars = 0;
    choices = -1;
    headFields = 0;
    failed = false;
    odd = false;
    late = false;
    reason = "";
    states.newChunk();
    fragments.newChunk();
    JsonCursor json = new JsonCursor(bytes, from, to);
    json.enterObject();
    while (json.nextField()) {
      field(json);
    }
    json.end();
    late = choices > 0 && states.late();
    states.commit();
    finishReason = finishReason.isEmpty() ? reason : finishReason;
    odd |= headFields != ALL_HEAD_FIELDS || (usage != null && choices > 0);
  }

  /** The number of choices; -1 when there is no such array. */
  int choices() {
    return choices;
  }

  @Nullable Usage usage() {
    return usage;
  }

  long contentChars() {
    return contentChars;
  }

  /** Whether the chunk is an error. */
  boolean failed() {
    return failed;
  }

  /** The calls of tools that the stream makes. */
  ToolFragments fragments() {
    return fragments;
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
    if (json.nameIs(CHOICES) && json.kind() == JsonKind.ARRAY) {
      choices(json);
    } else if (json.nameIs(MODEL)) {
      model = head(json, model);
    } else if (json.nameIs(ID)) {
      id = head(json, id);
    } else if (json.nameIs(OBJECT)) {
      head(json, "known");
    } else if (json.nameIs(CREATED)) {
      created(json);
    } else if (json.nameIs(USAGE)) {
      usage = UsageReader.read(json);
    } else if (json.nameIs(ERROR)) {
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
    if (json.kind() != JsonKind.NUMBER) {
      json.skip();
      return;
    }
    try {
      long seconds = json.longValue();
      created = seconds > 0 || created < 0 ? seconds : created;
      headFields++;
    } catch (JsonSyntaxException fractional) {
      odd = true;
    }
  }

  private void choices(JsonCursor json) {
    choices = 0;
    json.enterArray();
    while (json.nextElement()) {
      choices++;
      choice(json);
    }
  }

  private void choice(JsonCursor json) {
    int index = -1;
    boolean role = false;
    boolean written = false;
    String end = "";
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(INDEX) && json.kind() == JsonKind.NUMBER) {
        index = ChoiceStates.index(json.longValue());
      } else if (json.nameIs(content)) {
        written = json.kind() == kind;
        role = (content == DELTA && written) ? delta(json) : text(json);
      } else if (json.nameIs(FINISH_REASON) && json.kind() == JsonKind.STRING) {
        end = json.string();
        odd |= end.isEmpty();
      } else {
        json.skip();
      }
    }
    odd |= index < 0 || !written;
    odd |= fragments.belongTo(Math.max(0, index));
    states.speaks(Math.max(0, index));
    if (states.opens(Math.max(0, index)) && content == DELTA && !role) {
      odd = true;
      states.missesRole(Math.max(0, index));
    }
    if (!end.isEmpty()) {
      reason = reason.isEmpty() ? end : reason;
      states.finishes(Math.max(0, index));
    }
  }

  private boolean delta(JsonCursor json) {
    boolean role = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(ROLE)) {
        role = json.kind() == JsonKind.STRING;
        json.skip();
      } else if (json.nameIs(TOOL_CALLS) && json.kind() == JsonKind.ARRAY) {
        contentChars += fragments.read(json);
      } else {
        contentChars += ContentReader.field(json);
      }
    }
    return role;
  }

  private boolean text(JsonCursor json) {
    contentChars += ContentReader.field(json);
    return false;
  }
}
