package dev.infermux.dialect.openai;

import dev.infermux.dialect.TokenCounts;
import dev.infermux.dialect.UsageFinder;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code usage} object into buckets that do not overlap, in the spelling of whichever
 * vendor or relay wrote it; see {@link UsageNames}.
 */
public final class UsageReader {

  private static final int LONGEST_BILL = 40;

  /** A million dollars: more is no bill. */
  private static final BigDecimal MOST_BILLED = BigDecimal.valueOf(1_000_000);

  private final JsonCursor json;
  private final TokenCounts tokens = new TokenCounts();
  private long prompt = -1;
  private long completion = -1;
  private long input = -1;
  private long output = -1;
  private long total = -1;
  private long cached;
  private long read;
  private long written;
  private long written5m;
  private long written1h;
  private long reasoning;
  private long thoughts;
  private long audioIn;
  private long audioOut;
  private long billedNanos = -1;

  private UsageReader(JsonCursor json) {
    this.json = json;
  }

  /** Consumes one value; null when it is no usage, or counts nothing at all. */
  public static @Nullable Usage read(JsonCursor json) {
    return read(json, false);
  }

  /** The same for answers that may have no completion: a total may stand alone. */
  static @Nullable Usage relayed(JsonCursor json) {
    return read(json, true);
  }

  /** What an answer says that is an error, or of no use. */
  static @Nullable Usage find(Buffer body) {
    return UsageFinder.find(body, UsageReader::relayed);
  }

  private static @Nullable Usage read(JsonCursor json, boolean totalAlone) {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return null;
    }
    UsageReader reader = new UsageReader(json);
    reader.counts();
    if (totalAlone && Math.max(reader.prompt, reader.completion) < 0 && reader.input < 0) {
      reader.prompt = reader.total;
    }
    return reader.usage();
  }

  private void counts() {
    json.enterObject();
    while (json.nextField()) {
      if (UsageNames.PROMPT.next(json)) {
        prompt = tokens.read(json, -1);
      } else if (UsageNames.COMPLETION.next(json)) {
        completion = tokens.read(json, -1);
      } else if (UsageNames.INPUT.next(json)) {
        input = tokens.read(json, -1);
      } else if (UsageNames.OUTPUT.next(json)) {
        output = tokens.read(json, -1);
      } else if (UsageNames.TOTAL.next(json)) {
        total = tokens.read(json, -1);
      } else {
        part(false);
      }
    }
  }

  /**
   * What tells more of a prompt or a completion, at the top or in details.
   *
   * @param inOutput whether in those of the completion
   */
  private void part(boolean inOutput) {
    boolean ofOutput = UsageNames.OUTPUT_DETAILS.next(json);
    if ((ofOutput || UsageNames.DETAILS.next(json)) && json.kind() == JsonKind.OBJECT) {
      json.enterObject();
      while (json.nextField()) {
        part(inOutput || ofOutput);
      }
    } else if (UsageNames.CACHED.next(json)) {
      cached = Math.max(cached, tokens.read(json, 0));
    } else if (UsageNames.CACHE_READ.next(json)) {
      read = Math.max(read, tokens.read(json, 0));
    } else if (UsageNames.CACHE_WRITE.next(json)) {
      written = Math.max(written, tokens.read(json, 0));
    } else if (UsageNames.CACHE_WRITE_5M.next(json)) {
      written5m = tokens.read(json, 0);
    } else if (UsageNames.CACHE_WRITE_1H.next(json)) {
      written1h = tokens.read(json, 0);
    } else if (UsageNames.REASONING.next(json)) {
      reasoning = Math.max(reasoning, tokens.read(json, 0));
    } else if (UsageNames.AUDIO.next(json)) {
      long heard = tokens.read(json, 0);
      audioIn += inOutput ? 0 : heard;
      audioOut += inOutput ? heard : 0;
    } else if (UsageNames.COST.next(json)) {
      billedNanos = bill(0);
    } else if (UsageNames.TICKS.next(json)) {
      billedNanos = bill(-10);
    } else if (UsageNames.THOUGHTS.next(json)) {
      thoughts = tokens.read(json, 0);
    } else {
      json.skip();
    }
  }

  /**
   * What the provider says that it charges; no bill where it cannot be one.
   *
   * @param power of ten, which one of its units has in dollars: 0, and -10 for xAI's ticks
   */
  private long bill(int power) {
    JsonSlice said = json.value();
    if (said.kind() != JsonKind.NUMBER || said.length() > LONGEST_BILL) {
      return -1;
    }
    try {
      BigDecimal dollars = new BigDecimal(said.toString()).scaleByPowerOfTen(power);
      return dollars.signum() < 0 || dollars.compareTo(MOST_BILLED) > 0
          ? -1
          : Usd.of(dollars).nanos();
    } catch (ArithmeticException | NumberFormatException exponent) {
      return -1; // Of ten digits.
    }
  }

  private @Nullable Usage usage() {
    long writes = Math.max(written, written5m + written1h);
    long reads = Math.max(cached, read);
    boolean inside = prompt >= 0 || read + written == 0;
    long out = Math.max(0, Math.max(completion, output) + thoughts);
    long in = Math.max(prompt, input);
    if (tokens.isAbsurd()) {
      return Usage.UNBELIEVED;
    } else if (in <= 0 && out == 0 && (inside || reads + writes == 0)) {
      return null;
    }
    in = in < 0 ? Math.max(0, total - out) : in;
    if (!inside || (reads + writes > in && total == in + reads + writes + out)) {
      // Anthropic's and Bedrock's names count a prompt without what its cache has a part in.
      in += reads + writes;
    }
    if (total > in) {
      // xAI counts reasoning into the total and not into the completion.
      out = Math.max(out, total - in);
    }
    long fromCache = Math.min(reads, in);
    long toCache = Math.min(writes, in - fromCache);
    long hour = Math.min(written1h, toCache);
    Usage counted =
        new Usage(
            in - fromCache - toCache,
            fromCache,
            toCache - hour,
            hour,
            out,
            Math.min(Math.max(reasoning, thoughts), out),
            false,
            new Usage.Terms("", Math.min(audioIn, in), Math.min(audioOut, out), billedNanos));
    return counted.believed();
  }
}
