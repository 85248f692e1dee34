package dev.infermux.dialect.openai;

import dev.infermux.dialect.openai.HeadRepair.Identity;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/**
 * Brings chunks that some client would break on into the profile that all clients take, and writes
 * the usage chunk where a provider reported usage elsewhere. Only odd chunks come here; values that
 * are not touched keep their spelling.
 *
 * <p>The profile, found out with the official SDKs, LangChain4j, Spring AI and the AI SDK: every
 * chunk has {@code id}, {@code object}, {@code model} and a whole {@code created}; none has {@code
 * error: null}; a choice has its {@code index} and {@code delta}; the first delta of a choice, and
 * no other, names the role; {@code finish_reason} is null or a word that clients know; usage stands
 * alone, after the last choice. docs/resilience.md has a table of what becomes of what.
 */
final class ChunkRepair {

  private final ChunkReader reader;
  private final ChoiceRepair choices;
  private final String object;
  private final Identity fallback;

  /** A repair for one stream; what a chunk does not say of itself, earlier ones or fallback say. */
  ChunkRepair(String object, ChunkReader reader, ChoiceRepair choices, Identity fallback) {
    this.object = object;
    this.reader = reader;
    this.choices = choices;
    this.fallback = fallback;
  }

  /** The chunk that was read last, as every client takes it: usage beside choices is taken off. */
  byte[] repaired(byte[] json, int from, int to) {
    JsonOutput out = new JsonOutput(to - from + 128).object();
    JsonCursor chunk = new JsonCursor(json, from, to);
    HeadRepair head = head();
    chunk.enterObject();
    while (chunk.nextField()) {
      if (chunk.nameIs(OpenAiFields.CHOICES)) {
        choices.write(chunk.value(), out.name("choices"));
      } else if (chunk.nameIs(OpenAiFields.ERROR)
          || (chunk.nameIs(OpenAiFields.USAGE) && chunk.kind() == JsonKind.OBJECT)) {
        chunk.skip();
      } else {
        head.field(chunk, out);
      }
    }
    head.rest(out);
    return out.endObject().toBytes();
  }

  /**
   * The last chunk, with nothing but the usage.
   *
   * @param own the provider's chunk that has it; empty = none
   * @param counted what the gateway read in the report; null = nothing
   */
  byte[] usageChunk(byte[] own, UsageReport report, @Nullable Usage counted) {
    JsonOutput out = new JsonOutput(own.length + 512).object();
    HeadRepair head = head();
    if (own.length > 0) {
      JsonCursor chunk = new JsonCursor(own);
      chunk.enterObject();
      while (chunk.nextField()) {
        if (chunk.nameIs(OpenAiFields.CHOICES)
            || chunk.nameIs(OpenAiFields.USAGE)
            || chunk.nameIs(OpenAiFields.ERROR)) {
          chunk.skip();
        } else {
          head.field(chunk, out);
        }
      }
    }
    head.rest(out);
    out.name("choices").array().endArray();
    report.write(out.name("usage"), counted);
    return out.endObject().toBytes();
  }

  /** A chunk that gives a choice's reason to end, and nothing else. */
  byte[] finishChunk(int choice, String reason) {
    JsonOutput out = new JsonOutput(256).object();
    head().rest(out);
    choices.writeEnd(choice, reason, out.name("choices"));
    return out.endObject().toBytes();
  }

  private HeadRepair head() {
    return new HeadRepair(
        object,
        new Identity(
            reader.id().isEmpty() ? fallback.id() : reader.id(),
            reader.model().isEmpty() ? fallback.model() : reader.model(),
            reader.created() > 0 ? reader.created() : fallback.createdEpochSeconds()));
  }
}
