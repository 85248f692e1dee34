package dev.infermux.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model to go on with a conversation. Immutable; what is wrong with its values is found when
 * it is asked.
 *
 * @param model a model's name; empty or {@code auto} = the router chooses
 * @param parameters all else that is asked, by the names of OpenAI's API; JSON values, unknown
 *     names included
 */
public record ChatRequest(
    String model, List<Message> messages, Map<String, @Nullable Object> parameters) {

  public ChatRequest {
    messages = List.copyOf(messages);
    parameters = JsonCopies.object("parameters", parameters);
  }

  /** A conversation of one message of the user's. */
  public static ChatRequest of(String model, String content) {
    return of(model, Message.user(content));
  }

  public static ChatRequest of(String model, Message... messages) {
    return new ChatRequest(model, Arrays.asList(messages), Map.of());
  }

  public ChatRequest withModel(String model) {
    return new ChatRequest(model, messages, parameters);
  }

  public ChatRequest withMessages(List<Message> messages) {
    return new ChatRequest(model, messages, parameters);
  }

  /** With one message more. */
  public ChatRequest withMessage(Message message) {
    List<Message> more = new ArrayList<>(messages);
    more.add(message);
    return withMessages(more);
  }

  /** With any parameter, known here or not. */
  public ChatRequest withParameter(String name, @Nullable Object value) {
    return new ChatRequest(model, messages, JsonCopies.with(parameters, name, value));
  }

  /** A parameter's value; null where it is not given. */
  public @Nullable Object parameter(String name) {
    return parameters.get(name);
  }

  /** The longest answer, in tokens; the name that the provider has for it is found for it. */
  public ChatRequest withMaxTokens(long maxTokens) {
    return withParameter("max_tokens", maxTokens);
  }

  /** The longest answer, in tokens, the model's reasoning included. */
  public ChatRequest withMaxCompletionTokens(long maxCompletionTokens) {
    return withParameter("max_completion_tokens", maxCompletionTokens);
  }

  public ChatRequest withTemperature(double temperature) {
    return withParameter("temperature", temperature);
  }

  public ChatRequest withTopP(double topP) {
    return withParameter("top_p", topP);
  }

  /** How many answers are wanted. */
  public ChatRequest withN(int n) {
    return withParameter("n", n);
  }

  /** Texts that end the answer. */
  public ChatRequest withStop(String... stop) {
    return withParameter("stop", List.of(stop));
  }

  public ChatRequest withSeed(long seed) {
    return withParameter("seed", seed);
  }

  public ChatRequest withPresencePenalty(double penalty) {
    return withParameter("presence_penalty", penalty);
  }

  public ChatRequest withFrequencyPenalty(double penalty) {
    return withParameter("frequency_penalty", penalty);
  }

  /** Adds to the logits of tokens, by the tokens' ids. */
  public ChatRequest withLogitBias(Map<String, Integer> bias) {
    return withParameter("logit_bias", bias);
  }

  /**
   * Asks for the tokens' log probabilities.
   *
   * @param top how many alternatives of each token; 0 = none
   */
  public ChatRequest withLogprobs(int top) {
    ChatRequest asked = withParameter("logprobs", true);
    return top == 0 ? asked : asked.withParameter("top_logprobs", top);
  }

  /** {@code minimal}, {@code low}, {@code medium}, {@code high}. */
  public ChatRequest withReasoningEffort(String effort) {
    return withParameter("reasoning_effort", effort);
  }

  /** The functions that the model may call. */
  public ChatRequest withTools(Tool... tools) {
    return withParameter("tools", Arrays.stream(tools).map(Tool::json).toList());
  }

  /** {@code auto}, {@code none}, {@code required}, or an object that names the function. */
  public ChatRequest withToolChoice(Object choice) {
    return withParameter("tool_choice", choice);
  }

  public ChatRequest withParallelToolCalls(boolean parallel) {
    return withParameter("parallel_tool_calls", parallel);
  }

  /** Any JSON object is wanted. */
  public ChatRequest withJsonAnswer() {
    return withParameter("response_format", Map.of("type", "json_object"));
  }

  /** JSON of this schema is wanted, to the letter. */
  public ChatRequest withJsonAnswer(String name, Map<String, ?> schema) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", name);
    described.put("strict", true);
    described.put("schema", schema);
    return withParameter(
        "response_format", Map.of("type", "json_schema", "json_schema", described));
  }

  /** Whom the provider may know as the one who asks. */
  public ChatRequest withUser(String user) {
    return withParameter("user", user);
  }

  public ChatRequest withServiceTier(String tier) {
    return withParameter("service_tier", tier);
  }

  public ChatRequest withMetadata(Map<String, String> metadata) {
    return withParameter("metadata", metadata);
  }

  public ChatRequest withStore(boolean store) {
    return withParameter("store", store);
  }

  /** Leaves the messages out, which belong in no log. */
  @Override
  public String toString() {
    return "ChatRequest[" + model + ", " + messages + ", " + parameters.keySet() + "]";
  }

  /**
   * A function that the program runs for the model.
   *
   * @param description empty = none
   * @param parameters JSON Schema of its arguments, an object
   */
  public record Tool(String name, String description, Map<String, @Nullable Object> parameters) {

    public Tool {
      parameters = JsonCopies.object(name, parameters);
    }

    Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> function = new LinkedHashMap<>();
      function.put("name", name);
      if (!description.isEmpty()) {
        function.put("description", description);
      }
      function.put("parameters", parameters);
      return Map.of("type", "function", "function", function);
    }
  }
}
