package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.mock.Mock;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.output.FinishReason;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** LangChain4j on top of InferMux. */
class ChatModelTest {

  private final Vertx vertx = Vertx.vertx();
  private final Mock mock = Mock.named("mock").models("gpt-4o-mini");
  private final InferMux infermux =
      InferMux.create(
              vertx,
              Config.defaults(),
              InferMuxOptions.defaults().withProviders(new OwnProvider()).withMocks(mock))
          .await();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void langchain4j_asks_infermux() {
    var model = new InferMuxChatModel(infermux.blocking(), "shout-1");

    assertEquals("HELLO", model.chat("hello"));
  }

  @Test
  void parameters_go_along_and_a_tool_is_called_and_answered() {
    var model = new InferMuxChatModel(infermux.blocking(), "gpt-4o-mini");
    var weather =
        ToolSpecification.builder()
            .name("weather")
            .description("Tells the weather")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
            .build();
    mock.script("tool-call, ok");
    var question = UserMessage.from("Is it raining in Paris?");

    var asked =
        model.chat(
            ChatRequest.builder()
                .messages(question)
                .temperature(0.5)
                .maxOutputTokens(64)
                .toolSpecifications(weather)
                .build());
    var call = asked.aiMessage().toolExecutionRequests().get(0);
    var answered =
        model.chat(question, asked.aiMessage(), ToolExecutionResultMessage.from(call, "rain"));

    assertEquals(FinishReason.TOOL_EXECUTION, asked.finishReason());
    assertEquals("weather", call.name());
    String body = mock.requests().get(0).body();
    assertTrue(body.contains("\"temperature\":0.5") && body.contains("\"max_tokens\":64"), body);
    assertTrue(body.contains("\"city\":{\"type\":\"string\"}"), body);
    assertTrue(mock.requests().get(1).body().contains("\"role\":\"tool\""));
    assertEquals(FinishReason.STOP, answered.finishReason());
  }
}
