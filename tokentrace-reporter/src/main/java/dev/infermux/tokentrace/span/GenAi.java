package dev.infermux.tokentrace.span;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The names of OpenTelemetry's GenAI conventions, all in one place because they still move. The
 * constants are the same in both versions; the methods give what differs between v1.41, which most
 * backends read, and the newer conventions of their own repository.
 */
public enum GenAi {
  /** The last version inside the core conventions. */
  V1_41,
  /** The names since: {@code cache_write}, and an inference metric family. */
  LATEST;

  public static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
  public static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
  public static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
  public static final AttributeKey<Boolean> REQUEST_STREAM = booleanKey("gen_ai.request.stream");
  public static final AttributeKey<Long> MAX_TOKENS = longKey("gen_ai.request.max_tokens");
  public static final AttributeKey<Double> TEMPERATURE = doubleKey("gen_ai.request.temperature");
  public static final AttributeKey<Double> TOP_P = doubleKey("gen_ai.request.top_p");
  public static final AttributeKey<String> RESPONSE_ID = stringKey("gen_ai.response.id");
  public static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
  public static final AttributeKey<List<String>> FINISH_REASONS =
      stringArrayKey("gen_ai.response.finish_reasons");

  /** Seconds. */
  public static final AttributeKey<Double> TIME_TO_FIRST_CHUNK =
      doubleKey("gen_ai.response.time_to_first_chunk");

  /** Cached tokens included. */
  public static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");

  public static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
  public static final AttributeKey<Long> CACHE_READ_TOKENS =
      longKey("gen_ai.usage.cache_read.input_tokens");
  public static final AttributeKey<Long> REASONING_TOKENS =
      longKey("gen_ai.usage.reasoning.output_tokens");

  /** Content, as a JSON string; opt-in. */
  public static final AttributeKey<String> INPUT_MESSAGES = stringKey("gen_ai.input.messages");

  /** Content, as a JSON string; opt-in. */
  public static final AttributeKey<String> OUTPUT_MESSAGES = stringKey("gen_ai.output.messages");

  /** Content, as a JSON string; opt-in. */
  public static final AttributeKey<String> SYSTEM_INSTRUCTIONS =
      stringKey("gen_ai.system_instructions");

  /** Content, as a JSON string; opt-in. */
  public static final AttributeKey<String> TOOL_DEFINITIONS = stringKey("gen_ai.tool.definitions");

  /** On the metric of token usage in v1.41: {@code input} or {@code output}. */
  public static final AttributeKey<String> TOKEN_TYPE = stringKey("gen_ai.token.type");

  public static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  public static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
  public static final AttributeKey<Long> SERVER_PORT = longKey("server.port");

  private static final AttributeKey<Long> CACHE_CREATION =
      longKey("gen_ai.usage.cache_creation.input_tokens");
  private static final AttributeKey<Long> CACHE_WRITE =
      longKey("gen_ai.usage.cache_write.input_tokens");
  private static final String OPT_IN = "OTEL_SEMCONV_STABILITY_OPT_IN";

  /**
   * What the environment asks for: v1.41 unless {@code OTEL_SEMCONV_STABILITY_OPT_IN} lists {@code
   * gen_ai_latest_experimental}.
   */
  public static GenAi from(Map<String, String> environment) {
    boolean latest =
        Arrays.stream(environment.getOrDefault(OPT_IN, "").split(",", -1))
            .anyMatch(word -> word.strip().equals("gen_ai_latest_experimental"));
    return latest ? LATEST : V1_41;
  }

  public AttributeKey<Long> cacheWriteTokens() {
    return this == V1_41 ? CACHE_CREATION : CACHE_WRITE;
  }

  /** The histogram of how long an inference took, in seconds. */
  public String durationMetric() {
    return this == V1_41 ? "gen_ai.client.operation.duration" : "gen_ai.client.inference.duration";
  }

  /** The histogram of the time to the first chunk, in seconds. */
  public String firstChunkMetric() {
    return this == V1_41
        ? "gen_ai.client.operation.time_to_first_chunk"
        : "gen_ai.client.inference.time_to_first_chunk";
  }

  /** The histogram of the time from one chunk to the next, in seconds. */
  public String chunkMetric() {
    return this == V1_41
        ? "gen_ai.client.operation.time_per_output_chunk"
        : "gen_ai.client.inference.time_per_output_chunk";
  }

  /** The histogram of a request's input tokens; v1.41 marks it by {@link #TOKEN_TYPE}. */
  public String inputTokensMetric() {
    return this == V1_41
        ? "gen_ai.client.token.usage"
        : "gen_ai.client.inference.operation.input_tokens";
  }

  /** The histogram of a request's output tokens; v1.41 marks it by {@link #TOKEN_TYPE}. */
  public String outputTokensMetric() {
    return this == V1_41
        ? "gen_ai.client.token.usage"
        : "gen_ai.client.inference.operation.output_tokens";
  }
}
