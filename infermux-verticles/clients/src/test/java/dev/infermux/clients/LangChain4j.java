package dev.infermux.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** LangChain4j, whichever of its providers makes the models. */
final class LangChain4j {

  private final Function<String, ChatModel> models;
  private final Function<String, StreamingChatModel> streaming;

  LangChain4j(Function<String, ChatModel> models, Function<String, StreamingChatModel> streaming) {
    this.models = models;
    this.streaming = streaming;
  }

  Map<Scenario, Steps.Step> steps() {
    return Map.of(
        Scenario.WHOLE, () -> check(create("plain", ask("Hi"))),
        Scenario.STREAM, () -> check(streamed("plain", ask("Hi"))),
        Scenario.TOOLS, () -> loop("tool", 1),
        Scenario.PARALLEL, () -> loop("tools", 2),
        Scenario.IMAGE, this::image,
        Scenario.STRUCTURED, this::structured,
        Scenario.REASONING, this::reasoning,
        Scenario.ERROR, this::error,
        Scenario.CANCEL, this::cancel);
  }

  private static ChatRequest.Builder ask(String text) {
    return ChatRequest.builder().messages(UserMessage.from(text));
  }

  private ChatResponse create(String model, ChatRequest.Builder asked) {
    return models.apply(model).chat(asked.build());
  }

  private ChatResponse streamed(String model, ChatRequest.Builder asked) throws Exception {
    CompletableFuture<ChatResponse> response = new CompletableFuture<>();
    streaming.apply(model).chat(asked.build(), new Handler(response));
    return response.get(20, TimeUnit.SECONDS);
  }

  private static void check(ChatResponse response) {
    assertThat(response.aiMessage().text()).isEqualTo(Column.TEXT);
    assertThat(response.tokenUsage().inputTokenCount()).isPositive();
    assertThat(response.tokenUsage().outputTokenCount()).isPositive();
  }

  private void loop(String model, int count) throws Exception {
    for (boolean streamed : new boolean[] {false, true}) {
      List<ChatMessage> messages = new ArrayList<>();
      messages.add(UserMessage.from("What is the weather?"));
      ChatRequest.Builder asked = with(messages);
      ChatResponse first = streamed ? streamed(model, asked) : create(model, asked);
      List<ToolExecutionRequest> calls = first.aiMessage().toolExecutionRequests();
      assertThat(calls).hasSize(count);
      messages.add(first.aiMessage());
      for (ToolExecutionRequest call : calls) {
        assertThat(call.name()).isEqualTo("get_weather");
        Weather.check(call.arguments());
        messages.add(ToolExecutionResultMessage.from(call, "warm"));
      }
      assertThat(create(model, with(messages)).aiMessage().text()).isNotEmpty();
    }
  }

  private static ChatRequest.Builder with(List<ChatMessage> messages) {
    JsonObjectSchema parameters =
        JsonObjectSchema.builder()
            .addStringProperty("city")
            .addEnumProperty("unit", List.of("celsius", "fahrenheit"))
            .required("city", "unit")
            .build();
    ToolSpecification tool =
        ToolSpecification.builder().name("get_weather").parameters(parameters).build();
    return ChatRequest.builder().messages(messages).toolSpecifications(tool);
  }

  private void image() {
    UserMessage message =
        UserMessage.from(
            TextContent.from("What is it?"), ImageContent.from(Steps.PIXEL, "image/png"));
    check(create("plain", ChatRequest.builder().messages(message)));
  }

  private void structured() {
    JsonObjectSchema person =
        JsonObjectSchema.builder()
            .addStringProperty("name")
            .addIntegerProperty("age")
            .required("name", "age")
            .additionalProperties(false)
            .build();
    ResponseFormat format =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("person").rootElement(person).build())
            .build();
    String text = create("schema", ask("Who?").responseFormat(format)).aiMessage().text();
    assertThat(new JsonObject(text).getInteger("age")).isNotNull();
  }

  private void reasoning() {
    ChatResponse response = create("reasoning", ask("Hi"));
    assertThat(response.aiMessage().thinking()).isNotEmpty();
    check(response);
  }

  private void error() {
    assertThatThrownBy(() -> create("limited", ask("Hi"))).isInstanceOf(RateLimitException.class);
  }

  private void cancel() throws Exception {
    CompletableFuture<ChatResponse> cancelled = new CompletableFuture<>();
    streaming
        .apply("stalls")
        .chat(
            ask("Hi").build(),
            new Handler(cancelled) {
              @Override
              public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
                context.streamingHandle().cancel();
                cancelled.complete(null);
              }
            });
    cancelled.get(20, TimeUnit.SECONDS);
  }

  /** Hands on how a stream ended. */
  private static class Handler implements StreamingChatResponseHandler {

    private final CompletableFuture<ChatResponse> response;

    Handler(CompletableFuture<ChatResponse> response) {
      this.response = response;
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
      response.complete(complete);
    }

    @Override
    public void onError(Throwable error) {
      response.completeExceptionally(error);
    }
  }
}
