package dev.infermux.mock;

import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.openai.PromptTexts;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a mock is asked.
 *
 * @param model as the request to the mock names it
 * @param showsUsage whether a stream ends with its usage
 * @param maxTokens negative = as many as it takes
 * @param choices how many answers are wanted
 * @param lastText the last message, or the last prompt
 * @param promptTokens one for every four characters of all that was said
 * @param inputs what is to be embedded; empty for other operations
 * @param dimensions how long an embedding is to be
 * @param base64 whether embeddings are wanted as base64
 * @param demands what a chat's answer must be beyond text
 */
public record MockCall(
    Operation operation,
    String model,
    boolean stream,
    boolean showsUsage,
    long maxTokens,
    int choices,
    String lastText,
    long promptTokens,
    List<String> inputs,
    int dimensions,
    boolean base64,
    Demands demands) {

  private static final int MOST_CHOICES = 128;

  private static final int DIMENSIONS = 8;

  /** What asks for no inference. */
  public static final MockCall NONE = plain("");

  public MockCall {
    inputs = List.copyOf(inputs);
  }

  /** Reads a body that a scan has found to be sound. */
  public static MockCall of(Operation operation, RequestBody body, String model) {
    PromptTexts texts = PromptTexts.of(operation, body);
    BodyFacts facts = body.facts();
    return new MockCall(
        operation,
        model,
        facts.stream() && operation != Operation.EMBEDDINGS,
        facts.showsUsage(),
        facts.maxTokens(),
        (int) Math.max(1, Math.min(MOST_CHOICES, facts.choices())),
        texts.last(),
        (facts.textLength() + 3) / 4,
        texts.inputs(),
        texts.dimensions(DIMENSIONS),
        texts.base64(),
        operation == Operation.CHAT ? OpenAiDemands.of(body.bytes()) : Demands.NONE);
  }

  /** A chat in a dialect other than OpenAI's. */
  static MockCall chat(RequestBody body, String lastText, Demands demands) {
    BodyFacts facts = body.facts();
    return new MockCall(
        Operation.CHAT,
        body.model(),
        facts.stream(),
        true,
        facts.maxTokens(),
        1,
        lastText,
        (facts.textLength() + 3) / 4,
        List.of(),
        DIMENSIONS,
        false,
        demands);
  }

  /** What is to be embedded, in a dialect other than OpenAI's. */
  static MockCall embeddings(RequestBody body, List<String> inputs, int dimensions) {
    return new MockCall(
        Operation.EMBEDDINGS,
        body.model(),
        false,
        true,
        -1,
        1,
        "",
        (body.facts().textLength() + 3) / 4,
        inputs,
        dimensions > 0 ? dimensions : DIMENSIONS,
        false,
        Demands.NONE);
  }

  /** Something else than a chat, whole. */
  static MockCall plain(String model) {
    return relayed(model, false);
  }

  /** What is relayed without being understood. */
  public static MockCall relayed(String model, boolean stream) {
    return new MockCall(
        Operation.CHAT,
        model,
        stream,
        false,
        -1,
        1,
        "",
        0,
        List.of(),
        DIMENSIONS,
        false,
        Demands.NONE);
  }

  /** What a chat's answer must be beyond text. */
  public static final class Demands {

    static final Demands NONE = new Demands(ToolUse.NONE, null, false, Set.of());

    private final ToolUse tools;
    private final @Nullable OutputFormat format;
    private final boolean results;
    private final Set<String> called;

    Demands(ToolUse tools, @Nullable OutputFormat format, boolean results, Set<String> called) {
      this.tools = tools;
      this.format = format;
      this.results = results;
      this.called = Set.copyOf(called);
    }

    /** The tools that may be called. */
    ToolUse tools() {
      return tools;
    }

    /** Null = text. */
    @Nullable OutputFormat format() {
      return format;
    }

    /** Whether the results of tools were the last thing said. */
    boolean results() {
      return results;
    }

    /** The tools that were called since the user spoke. */
    Set<String> called() {
      return called;
    }
  }
}
