package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.TokenCounts;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import org.jspecify.annotations.Nullable;

/**
 * What one message's {@code usage} objects say by now. Each report is cumulative: what it has takes
 * the place of what an earlier one had, and what it leaves out stays.
 */
final class MessageUsage {

  private static final byte[] OUTPUT = name("output_tokens");
  private static final byte[] CACHE_READ = name("cache_read_input_tokens");
  private static final byte[] CACHE_WRITE = name("cache_creation_input_tokens");
  private static final byte[] CACHE_WRITES = name("cache_creation");
  private static final byte[] CACHE_WRITE_5M = name("ephemeral_5m_input_tokens");
  private static final byte[] CACHE_WRITE_1H = name("ephemeral_1h_input_tokens");
  private static final byte[] OUTPUT_DETAILS = name("output_tokens_details");
  private static final byte[] THINKING_TOKENS = name("thinking_tokens");
  private static final byte[] ITERATIONS = name("iterations");
  private static final String FAST = "fast";

  private final TokenCounts counts;
  private long input;
  private long cacheRead;
  private long written;
  private long written1h;
  private long output;
  private long thinking;
  private String tier = "";
  private String speed = "";
  private Usage beside = Usage.NONE;

  /** Of an entry among others; a message's own counts have none. */
  private String type = "";

  MessageUsage() {
    this(new TokenCounts());
  }

  private MessageUsage(TokenCounts counts) {
    this.counts = counts;
  }

  /** Consumes one value, which is ignored when it is no usage. */
  void read(JsonCursor json) {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return;
    }
    long split = -1;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.INPUT_TOKENS)) {
        input = counts.read(json, input);
      } else if (json.nameIs(OUTPUT)) {
        output = counts.read(json, output);
      } else if (json.nameIs(MessageFields.SERVICE_TIER) && json.kind() == JsonKind.STRING) {
        tier = json.string();
      } else if (json.nameIs(MessageFields.TYPE) && json.kind() == JsonKind.STRING) {
        type = json.string();
      } else if (json.nameIs(MessageFields.SPEED) && json.kind() == JsonKind.STRING) {
        speed = json.string();
      } else if (json.nameIs(ITERATIONS) && json.kind() == JsonKind.ARRAY) {
        beside = beside(json);
      } else if (json.nameIs(CACHE_READ)) {
        cacheRead = counts.read(json, cacheRead);
      } else if (json.nameIs(CACHE_WRITE)) {
        written = counts.read(json, written);
      } else if (json.nameIs(CACHE_WRITES) && json.kind() == JsonKind.OBJECT) {
        split = writes(json);
      } else if (json.nameIs(OUTPUT_DETAILS) && json.kind() == JsonKind.OBJECT) {
        details(json);
      } else {
        json.skip();
      }
    }
    written = Math.max(written, split);
  }

  /** What was counted by now; null when that is nothing at all. */
  @Nullable Usage usage() {
    boolean none = input + cacheRead + written + output == 0 && beside.equals(Usage.NONE);
    if (none && !counts.isAbsurd()) {
      return null;
    }
    long hour = Math.min(written1h, written);
    return counts.of(
        new Usage(
                input,
                cacheRead,
                written - hour,
                hour,
                output,
                Math.min(thinking, output),
                false,
                Usage.Terms.STANDARD)
            .inTier(tier(speed, tier))
            .plus(beside));
  }

  /**
   * What the message's own counts leave out, though it is billed: summaries of what came before,
   * and another model's advice, whose rates are not known here.
   */
  private Usage beside(JsonCursor json) {
    Usage sum = Usage.NONE;
    json.enterArray();
    while (json.nextElement()) {
      MessageUsage own = new MessageUsage(counts);
      own.read(json);
      Usage counted = own.usage();
      if (counted != null && own.type.equals("compaction")) {
        sum = sum.plus(counted);
      } else if (counted != null && own.type.equals("advisor_message")) {
        sum = sum.plus(counted).plus(Usage.UNBELIEVED);
      }
    }
    return sum;
  }

  /** The tier that a call is charged in: fast mode is one of its own. */
  static String tier(String speed, String tier) {
    return speed.equals(FAST) ? FAST : tier;
  }

  /** Reads how long what was written is kept; returns the sum. */
  private long writes(JsonCursor json) {
    long fiveMinutes = 0;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(CACHE_WRITE_5M)) {
        fiveMinutes = counts.read(json, 0);
      } else if (json.nameIs(CACHE_WRITE_1H)) {
        written1h = counts.read(json, 0);
      } else {
        json.skip();
      }
    }
    return fiveMinutes + written1h;
  }

  private void details(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(THINKING_TOKENS)) {
        thinking = counts.read(json, thinking);
      } else {
        json.skip();
      }
    }
  }

  private static byte[] name(String ascii) {
    return ascii.getBytes(US_ASCII);
  }
}
