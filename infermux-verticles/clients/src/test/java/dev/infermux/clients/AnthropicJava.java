package dev.infermux.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingConfigAdaptive;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Anthropic's SDK for Java. */
final class AnthropicJava {

  private final AnthropicClient client;

  private AnthropicJava(String url) {
    client = AnthropicOkHttpClient.builder().apiKey("sk-caller").baseUrl(url).maxRetries(0).build();
  }

  static Map<Scenario, Steps.Step> open(String url) {
    AnthropicJava messages = new AnthropicJava(url);
    return Map.of(
        Scenario.WHOLE, messages::whole,
        Scenario.STREAM, messages::stream,
        Scenario.TOOLS, () -> messages.loop("tool", 1),
        Scenario.PARALLEL, () -> messages.loop("tools", 2),
        Scenario.IMAGE, messages::image,
        Scenario.STRUCTURED, messages::structured,
        Scenario.REASONING, messages::reasoning,
        Scenario.ERROR, messages::error,
        Scenario.CANCEL, messages::cancel);
  }

  private static MessageCreateParams.Builder of(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(2000);
  }

  private static MessageCreateParams.Builder ask(String model) {
    return of(model).addUserMessage("Hi");
  }

  private Message create(MessageCreateParams.Builder asked) {
    return client.messages().create(asked.build()).validate();
  }

  private Message streamed(MessageCreateParams.Builder asked) {
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(asked.build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.message();
  }

  private static String text(Message message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text())
        .collect(Collectors.joining());
  }

  private void whole() {
    check(create(ask("plain")));
  }

  private void stream() {
    check(streamed(ask("plain")));
  }

  private static void check(Message message) {
    assertThat(text(message)).isEqualTo(Column.TEXT);
    assertThat(message.stopReason()).hasValue(StopReason.END_TURN);
    assertThat(message.usage().inputTokens()).isPositive();
    assertThat(message.usage().outputTokens()).isPositive();
  }

  private void loop(String model, int count) {
    for (boolean streamed : new boolean[] {false, true}) {
      MessageCreateParams.Builder asked = ask(model).addTool(weather());
      Message first = streamed ? streamed(asked) : create(asked);
      List<ToolUseBlock> uses =
          first.content().stream().flatMap(block -> block.toolUse().stream()).toList();
      assertThat(uses).hasSize(count);
      List<ContentBlockParam> results = new ArrayList<>();
      for (ToolUseBlock use : uses) {
        assertThat(use.name()).isEqualTo("get_weather");
        Map<?, ?> input = use._input().convert(Map.class);
        assertThat(input.get("unit")).isIn("celsius", "fahrenheit");
        results.add(
            ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder().toolUseId(use.id()).content("warm").build()));
      }
      Message last =
          create(
              ask(model)
                  .addTool(weather())
                  .addMessage(first)
                  .addUserMessageOfContentBlockParams(results));
      assertThat(text(last)).isNotEmpty();
    }
  }

  private static Tool weather() {
    return Tool.builder()
        .name("get_weather")
        .inputSchema(
            Tool.InputSchema.builder()
                .properties(JsonValue.from(Weather.PROPERTIES))
                .required(List.of("city", "unit"))
                .build())
        .build();
  }

  private void image() {
    Base64ImageSource source =
        Base64ImageSource.builder()
            .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
            .data(Steps.PIXEL)
            .build();
    List<ContentBlockParam> blocks =
        List.of(
            ContentBlockParam.ofImage(ImageBlockParam.builder().source(source).build()),
            ContentBlockParam.ofText(TextBlockParam.builder().text("What is it?").build()));
    assertThat(text(create(of("plain").addUserMessageOfContentBlockParams(blocks))))
        .isEqualTo(Column.TEXT);
  }

  private void structured() {
    List<Person> persons =
        client
            .messages()
            .create(ask("schema").outputConfig(Person.class).build())
            .content()
            .stream()
            .flatMap(block -> block.text().stream())
            .map(block -> block.text())
            .toList();
    assertThat(persons).hasSize(1);
  }

  private void reasoning() {
    Message message = create(ask("reasoning").thinking(ThinkingConfigAdaptive.builder().build()));
    assertThat(message.content()).anyMatch(block -> block.thinking().isPresent());
    assertThat(text(message)).isEqualTo(Column.TEXT);
  }

  private void error() {
    assertThatThrownBy(() -> create(ask("limited"))).isInstanceOf(RateLimitException.class);
  }

  private void cancel() {
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(ask("stalls").build())) {
      Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
      while (!events.next().isContentBlockDelta()) {}
    }
  }
}
