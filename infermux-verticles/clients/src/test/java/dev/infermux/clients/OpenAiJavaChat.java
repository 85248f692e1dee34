package dev.infermux.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** OpenAI's SDK for Java, chat completions. */
final class OpenAiJavaChat {

  private final OpenAIClient client;

  private OpenAiJavaChat(String url) {
    client =
        OpenAIOkHttpClient.builder().apiKey("sk-caller").baseUrl(url + "/v1").maxRetries(0).build();
  }

  static Map<Scenario, Steps.Step> open(String url) {
    OpenAiJavaChat chat = new OpenAiJavaChat(url);
    return Map.of(
        Scenario.WHOLE, chat::whole,
        Scenario.STREAM, chat::stream,
        Scenario.TOOLS, () -> chat.loop("tool", 1),
        Scenario.PARALLEL, () -> chat.loop("tools", 2),
        Scenario.IMAGE, chat::image,
        Scenario.STRUCTURED, chat::structured,
        Scenario.REASONING, chat::reasoning,
        Scenario.ERROR, chat::error,
        Scenario.CANCEL, chat::cancel);
  }

  private static ChatCompletionCreateParams.Builder ask(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hi");
  }

  private ChatCompletion create(ChatCompletionCreateParams.Builder asked) {
    return client.chat().completions().create(asked.build()).validate();
  }

  private ChatCompletion streamed(ChatCompletionCreateParams.Builder asked) {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    ChatCompletionStreamOptions usage =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(asked.streamOptions(usage).build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }

  private static ChatCompletionMessage message(ChatCompletion answer) {
    return answer.choices().get(0).message();
  }

  private void whole() {
    check(create(ask("plain")));
  }

  private void stream() {
    check(streamed(ask("plain")));
  }

  private static void check(ChatCompletion answer) {
    assertThat(message(answer).content()).hasValue(Column.TEXT);
    assertThat(answer.choices().get(0).finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    CompletionUsage usage = answer.usage().orElseThrow();
    assertThat(usage.promptTokens()).isPositive();
    assertThat(usage.completionTokens()).isPositive();
  }

  private void loop(String model, int count) {
    for (boolean streamed : new boolean[] {false, true}) {
      ChatCompletionCreateParams.Builder asked = ask(model).addFunctionTool(weather());
      ChatCompletion first = streamed ? streamed(asked) : create(asked);
      List<ChatCompletionMessageToolCall> calls = message(first).toolCalls().orElseThrow();
      assertThat(calls).hasSize(count);
      ChatCompletionCreateParams.Builder after =
          ask(model).addFunctionTool(weather()).addMessage(message(first));
      for (ChatCompletionMessageToolCall call : calls) {
        ChatCompletionMessageFunctionToolCall function = call.asFunction();
        assertThat(function.function().name()).isEqualTo("get_weather");
        Weather.check(function.function().arguments());
        after.addMessage(
            ChatCompletionToolMessageParam.builder()
                .toolCallId(function.id())
                .content("warm")
                .build());
      }
      assertThat(message(create(after)).content().orElseThrow()).isNotEmpty();
    }
  }

  private static FunctionDefinition weather() {
    FunctionParameters.Builder parameters = FunctionParameters.builder();
    Weather.SCHEMA.forEach(
        (key, value) -> parameters.putAdditionalProperty(key, JsonValue.from(value)));
    return FunctionDefinition.builder()
        .name("get_weather")
        .description("The weather of a city.")
        .parameters(parameters.build())
        .build();
  }

  private void image() {
    ChatCompletionContentPartImage.ImageUrl url =
        ChatCompletionContentPartImage.ImageUrl.builder().url(Steps.PIXEL_URL).build();
    List<ChatCompletionContentPart> parts =
        List.of(
            ChatCompletionContentPart.ofText(
                ChatCompletionContentPartText.builder().text("What is it?").build()),
            ChatCompletionContentPart.ofImageUrl(
                ChatCompletionContentPartImage.builder().imageUrl(url).build()));
    ChatCompletion answer =
        create(
            ChatCompletionCreateParams.builder()
                .model("plain")
                .addUserMessageOfArrayOfContentParts(parts));
    assertThat(message(answer).content()).hasValue(Column.TEXT);
  }

  private void structured() {
    Person person =
        client
            .chat()
            .completions()
            .create(ask("schema").responseFormat(Person.class).build())
            .choices()
            .get(0)
            .message()
            .content()
            .orElseThrow();
    assertThat(person.name).isNotNull();
  }

  private void reasoning() {
    ChatCompletion answer = create(ask("reasoning").reasoningEffort(ReasoningEffort.LOW));
    assertThat(message(answer)._additionalProperties()).containsKey("reasoning_content");
    assertThat(message(answer).content()).hasValue(Column.TEXT);
  }

  private void error() {
    assertThatThrownBy(() -> create(ask("limited"))).isInstanceOf(RateLimitException.class);
  }

  private void cancel() {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(ask("stalls").build())) {
      Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
      while (chunks.next().choices().stream().noneMatch(OpenAiJavaChat::hasText)) {}
    }
  }

  private static boolean hasText(ChatCompletionChunk.Choice choice) {
    return !choice.delta().content().orElse("").isEmpty();
  }
}
