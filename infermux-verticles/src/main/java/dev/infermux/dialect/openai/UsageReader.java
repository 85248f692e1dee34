package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads a {@code usage} object into buckets that do not overlap. */
final class UsageReader {

  private static final byte[] PROMPT = "prompt_tokens".getBytes(US_ASCII);
  private static final byte[] COMPLETION = "completion_tokens".getBytes(US_ASCII);
  private static final byte[] INPUT = "input_tokens".getBytes(US_ASCII);
  private static final byte[] OUTPUT = "output_tokens".getBytes(US_ASCII);
  private static final byte[] TOTAL = "total_tokens".getBytes(US_ASCII);
  private static final byte[] PROMPT_DETAILS = "prompt_tokens_details".getBytes(US_ASCII);
  private static final byte[] COMPLETION_DETAILS = "completion_tokens_details".getBytes(US_ASCII);
  private static final byte[] CACHED = "cached_tokens".getBytes(US_ASCII);
  private static final byte[] CACHE_WRITE = "cache_write_tokens".getBytes(US_ASCII);
  private static final byte[] REASONING = "reasoning_tokens".getBytes(US_ASCII);

  /** Where DeepSeek's API had cached tokens first, and where Moonshot's has them. */
  private static final byte[] CACHE_HIT = "prompt_cache_hit_tokens".getBytes(US_ASCII);

  /** More than any prompt or answer has: such a report is ignored. */
  private static final long MOST = 1_000_000_000;

  private final JsonCursor json;
  private long prompt = -1;
  private long completion = -1;
  private long input = -1;
  private long output = -1;
  private long total = -1;
  private long cached;
  private long written;
  private long reasoning;

  private UsageReader(JsonCursor json) {
    this.json = json;
  }

  /** Consumes one value; null when it is no usage, or counts nothing at all. */
  static @Nullable Usage read(JsonCursor json) {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return null;
    }
    UsageReader reader = new UsageReader(json);
    reader.counts();
    return reader.usage();
  }

  /** The same for answers that have no completion: names are newer, and a total may stand alone. */
  static @Nullable Usage relayed(JsonCursor json) {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return null;
    }
    UsageReader reader = new UsageReader(json);
    reader.counts();
    reader.prompt = Math.max(reader.prompt, reader.input);
    reader.completion = Math.max(reader.completion, reader.output);
    if (reader.prompt < 0 && reader.completion < 0) {
      reader.prompt = reader.total;
    }
    return reader.usage();
  }

  private void counts() {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(PROMPT)) {
        prompt = count(-1);
      } else if (json.nameIs(COMPLETION)) {
        completion = count(-1);
      } else if (json.nameIs(INPUT)) {
        input = count(-1);
      } else if (json.nameIs(OUTPUT)) {
        output = count(-1);
      } else if (json.nameIs(TOTAL)) {
        total = count(-1);
      } else if (json.nameIs(CACHE_HIT) || json.nameIs(CACHED)) {
        cached = Math.max(cached, count(0));
      } else if (json.nameIs(PROMPT_DETAILS) || json.nameIs(COMPLETION_DETAILS)) {
        details();
      } else {
        json.skip();
      }
    }
  }

  private void details() {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return;
    }
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(CACHED)) {
        cached = Math.max(cached, count(0));
      } else if (json.nameIs(CACHE_WRITE)) {
        written = count(0);
      } else if (json.nameIs(REASONING)) {
        reasoning = count(0);
      } else {
        json.skip();
      }
    }
  }

  /** A count that is no count leaves {@code otherwise}: usage never spoils an answer. */
  private long count(long otherwise) {
    if (json.kind() != JsonKind.NUMBER) {
      json.skip();
      return otherwise;
    }
    try {
      long value = json.longValue();
      return value < 0 || value > MOST ? otherwise : value;
    } catch (JsonSyntaxException fractional) {
      return otherwise;
    }
  }

  private @Nullable Usage usage() {
    if (prompt <= 0 && completion <= 0) {
      return null;
    }
    long out = Math.max(0, completion);
    long in = prompt < 0 ? Math.max(0, total - out) : prompt;
    if (total > in) {
      // xAI counts reasoning into the total and not into the completion.
      out = Math.max(out, total - in);
    }
    long read = Math.min(cached, in);
    long write = Math.min(written, in - read);
    return new Usage(in - read - write, read, write, 0, out, Math.min(reasoning, out), false);
  }
}
