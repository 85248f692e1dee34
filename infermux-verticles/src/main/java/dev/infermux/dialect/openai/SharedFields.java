package dev.infermux.dialect.openai;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.inference.BodyFacts;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields that chats and legacy completions have in common. */
final class SharedFields {

  private static final JsonSlice NO = JsonSlice.of("false");

  /** What OpenAI's other API takes too. */
  private static final Set<String> OWN =
      Set.of(
          "metadata",
          "verbosity",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention");

  private final JsonCursor json;
  private final FieldReader fields;
  private final Losses losses;
  private final List<String> stop = new ArrayList<>();
  private final Map<String, JsonSlice> own = new LinkedHashMap<>();
  private @Nullable JsonSlice temperature;
  private @Nullable JsonSlice topP;
  private @Nullable JsonSlice topK;
  private @Nullable JsonSlice presencePenalty;
  private @Nullable JsonSlice frequencyPenalty;
  private @Nullable JsonSlice seed;
  private @Nullable String user;
  private @Nullable String safetyIdentifier;
  private @Nullable String serviceTier;
  private long maxTokens = -1;
  private long maxCompletionTokens = -1;

  SharedFields(JsonCursor json, Losses losses) {
    this.json = json;
    this.fields = new FieldReader(json);
    this.losses = losses;
  }

  /** Consumes the value of a field, which is not null; one that is not known is left out. */
  void read(String name) {
    switch (name) {
      case "model", "stream", "stream_options", "n" -> json.skip();
      case "max_tokens" -> maxTokens = fields.count(name, 0);
      case "max_completion_tokens" -> maxCompletionTokens = fields.count(name, 0);
      case "temperature" -> temperature = json.value();
      case "top_p" -> topP = json.value();
      case "top_k" -> topK = number(name);
      case "presence_penalty" -> presencePenalty = number(name);
      case "frequency_penalty" -> frequencyPenalty = number(name);
      case "seed" -> seed = number(name);
      case "stop" -> stop();
      case "user" -> user = string(name);
      case "safety_identifier" -> safetyIdentifier = string(name);
      case "service_tier" -> serviceTier = string(name);
      default -> {
        JsonSlice value = lost(name);
        if (OWN.contains(name)) {
          own.put(name, value);
        }
      }
    }
  }

  /** Leaves a field out; one that only says no is not missed. */
  private JsonSlice lost(String name) {
    JsonSlice value = json.value();
    if (!value.equals(NO)) {
      losses.drop(name);
    }
    return value;
  }

  Conversation conversation(
      List<Turn> turns,
      ToolUse tools,
      @Nullable OutputFormat format,
      @Nullable Reasoning reasoning,
      BodyFacts facts) {
    long most = maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens;
    return new Conversation(
        turns,
        tools,
        new Sampling(temperature, topP, topK, presencePenalty, frequencyPenalty, seed),
        format,
        reasoning,
        most > 0 ? most : -1,
        facts.choices(),
        stop,
        safetyIdentifier == null ? user : safetyIdentifier,
        serviceTier,
        facts.stream(),
        facts.showsUsage(),
        own);
  }

  private JsonSlice number(String name) {
    fields.expect(JsonKind.NUMBER, name, "a number");
    return json.value();
  }

  private String string(String name) {
    fields.expect(JsonKind.STRING, name, "a string");
    return json.string();
  }

  private void stop() {
    if (json.kind() == JsonKind.STRING) {
      stop.add(json.string());
      return;
    }
    fields.expect(JsonKind.ARRAY, "stop", "a string or an array of strings");
    json.enterArray();
    while (json.nextElement()) {
      stop.add(string("stop"));
    }
  }
}
