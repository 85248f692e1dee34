package dev.infermux.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

/** Spring AI over OpenAI's chat completions. */
final class SpringAi {

  private final String url;

  private SpringAi(String url) {
    this.url = url + "/v1";
  }

  static Map<Scenario, Steps.Step> open(String url) {
    SpringAi spring = new SpringAi(url);
    return Map.of(
        Scenario.WHOLE, spring::whole,
        Scenario.STREAM, spring::stream,
        Scenario.TOOLS, () -> spring.loop("tool", 1),
        Scenario.PARALLEL, () -> spring.loop("tools", 2),
        Scenario.IMAGE, spring::image,
        Scenario.STRUCTURED, spring::structured,
        Scenario.ERROR, spring::error,
        Scenario.CANCEL, spring::cancel);
  }

  private OpenAiChatOptions.Builder options(String model) {
    return (OpenAiChatOptions.Builder)
        OpenAiChatOptions.builder().baseUrl(url).apiKey("sk-caller").maxRetries(0).model(model);
  }

  private static OpenAiChatModel model(OpenAiChatOptions options) {
    return OpenAiChatModel.builder().options(options).build();
  }

  private static String text(ChatResponse response) {
    return response.getResult().getOutput().getText();
  }

  private void whole() {
    ChatResponse response = model(options("plain").build()).call(new Prompt("Hi"));
    assertThat(text(response)).isEqualTo(Column.TEXT);
    assertThat(response.getMetadata().getUsage().getPromptTokens()).isPositive();
    assertThat(response.getMetadata().getUsage().getCompletionTokens()).isPositive();
  }

  private void stream() {
    String text = String.join("", model(options("plain").build()).stream("Hi").toStream().toList());
    assertThat(text).isEqualTo(Column.TEXT);
  }

  private void loop(String name, int count) {
    OpenAiChatOptions.Builder options = options(name);
    options.toolCallbacks(
        List.of(
            FunctionToolCallback.builder("get_weather", (Asked asked) -> "warm")
                .description("The weather of a city.")
                .inputSchema(new JsonObject(Weather.SCHEMA).encode())
                .inputType(Asked.class)
                .build()));
    OpenAiChatOptions built = options.build();
    for (boolean streamed : new boolean[] {false, true}) {
      List<Message> messages = new ArrayList<>(List.of(new UserMessage("What is the weather?")));
      AssistantMessage first = asked(new Prompt(messages, built), streamed);
      assertThat(first.getToolCalls()).hasSize(count);
      messages.add(first);
      List<ToolResponseMessage.ToolResponse> results = new ArrayList<>();
      for (AssistantMessage.ToolCall call : first.getToolCalls()) {
        Weather.check(call.arguments());
        results.add(new ToolResponseMessage.ToolResponse(call.id(), call.name(), "warm"));
      }
      messages.add(ToolResponseMessage.builder().responses(results).build());
      assertThat(text(model(built).call(new Prompt(messages, built)))).isNotEmpty();
    }
  }

  private static AssistantMessage asked(Prompt prompt, boolean streamed) {
    OpenAiChatModel model = model((OpenAiChatOptions) prompt.getOptions());
    if (!streamed) {
      return model.call(prompt).getResult().getOutput();
    }
    return model.stream(prompt)
        .toStream()
        .map(response -> response.getResult())
        .filter(result -> result != null && result.getOutput().hasToolCalls())
        .findFirst()
        .orElseThrow()
        .getOutput();
  }

  /** The tool's arguments. */
  record Asked(String city, String unit) {}

  private void image() {
    ByteArrayResource pixel = new ByteArrayResource(Base64.getDecoder().decode(Steps.PIXEL));
    UserMessage message =
        UserMessage.builder()
            .text("What is it?")
            .media(new Media(MimeTypeUtils.IMAGE_PNG, pixel))
            .build();
    assertThat(text(model(options("plain").build()).call(new Prompt(message))))
        .isEqualTo(Column.TEXT);
  }

  private void structured() {
    JsonObject schema =
        new JsonObject()
            .put("type", "object")
            .put(
                "properties",
                new JsonObject()
                    .put("name", new JsonObject().put("type", "string"))
                    .put("age", new JsonObject().put("type", "integer")))
            .put("required", List.of("name", "age"))
            .put("additionalProperties", false);
    OpenAiChatOptions.Builder options = options("schema");
    options.outputSchema(schema.encode());
    String text = text(model(options.build()).call(new Prompt("Who?")));
    assertThat(new JsonObject(text).getInteger("age")).isNotNull();
  }

  private void error() {
    assertThatThrownBy(() -> model(options("limited").build()).call(new Prompt("Hi")))
        .hasMessageContaining("429");
  }

  private void cancel() {
    String first =
        model(options("stalls").build()).stream("Hi")
            .filter(text -> !text.isEmpty())
            .blockFirst(Duration.ofSeconds(20));
    assertThat(first).isNotEmpty();
  }
}
