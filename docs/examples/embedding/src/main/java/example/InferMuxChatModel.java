package example;

import dev.infermux.BlockingInferMux;
import dev.infermux.api.Message;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;

/** LangChain4j's ChatModel on top of InferMux: text and calls of tools. */
public record InferMuxChatModel(BlockingInferMux infermux, String model) implements ChatModel {

  @Override
  public ChatResponse doChat(ChatRequest request) {
    var messages = request.messages().stream().map(InferMuxChatModel::message).toList();
    var asked = dev.infermux.api.ChatRequest.of(model).withMessages(messages);
    asked = request.temperature() == null ? asked : asked.withTemperature(request.temperature());
    asked =
        request.maxOutputTokens() == null ? asked : asked.withMaxTokens(request.maxOutputTokens());
    var answer = infermux.chat(asked);
    List<ToolExecutionRequest> calls = new ArrayList<>();
    for (Message.ToolCall call : answer.message().toolCalls()) {
      var tool = ToolExecutionRequest.builder().id(call.id()).name(call.name());
      calls.add(tool.arguments(call.arguments()).build());
    }
    var meta = answer.meta();
    return ChatResponse.builder()
        .aiMessage(calls.isEmpty() ? AiMessage.from(answer.content()) : AiMessage.from(calls))
        .tokenUsage(new TokenUsage((int) meta.promptTokens(), (int) meta.completionTokens()))
        .build();
  }

  private static Message message(ChatMessage message) {
    if (message instanceof SystemMessage system) {
      return Message.system(system.text());
    } else if (message instanceof UserMessage user) {
      return Message.user(user.singleText());
    } else if (message instanceof ToolExecutionResultMessage result) {
      return Message.tool(result.id(), result.text());
    } else if (message instanceof AiMessage ai) {
      return ai.hasToolExecutionRequests()
          ? Message.assistant(
              ai.toolExecutionRequests().stream()
                  .map(call -> new Message.ToolCall(call.id(), call.name(), call.arguments()))
                  .toList())
          : Message.assistant(ai.text());
    }
    throw new IllegalArgumentException("a message of type " + message.type());
  }
}
