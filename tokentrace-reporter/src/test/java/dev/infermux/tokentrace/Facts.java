package dev.infermux.tokentrace;

import dev.infermux.tokentrace.span.FlatAttributes;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.tokentrace.span.SpanFacts;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/** Facts as a router has them. */
record Facts(
    String name,
    @Nullable String operation,
    @Nullable String errorText,
    boolean timedOut,
    boolean usage)
    implements SpanFacts {

  static Facts server() {
    return new Facts("POST /v1/chat/completions", null, null, false, false);
  }

  static Facts infer() {
    return new Facts("infermux.infer", "infermux.infer", null, false, true);
  }

  static Facts attempt() {
    return new Facts("chat gpt-4o", "infermux.attempt", null, false, false);
  }

  Facts failing(String why) {
    return new Facts(name, operation, why, timedOut, usage);
  }

  Facts outOfTime() {
    return new Facts(name, operation, "out of time", true, usage);
  }

  @Override
  public boolean failed() {
    return errorText != null;
  }

  @Override
  public void attributes(AttributesBuilder into) {
    into.put(GenAi.REQUEST_MODEL, "gpt-4o").put(GenAi.INPUT_TOKENS, 11L);
    into.put(GenAi.FINISH_REASONS, "stop").put(GenAi.TIME_TO_FIRST_CHUNK, 0.25);
  }

  @Override
  public void flatAttributes(FlatAttributes into) {
    into.put("provider", "openai").put("model", "gpt-4o").put("latency_ms", 1500L);
    into.put("caller", "team-a").put("project", "").put("finish_reason", "stop");
    if (usage) {
      into.usage(11, 7, 0.25);
    }
  }
}
