package example;

import static dev.langchain4j.internal.JsonSchemaElementUtils.toMap;

import dev.infermux.BlockingInferMux;
import dev.infermux.api.ChatRequest.Tool;
import dev.infermux.api.Message;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.*;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.*;
import java.util.Map;

/** LangChain4j's ChatModel on top of InferMux: text, and tools that the program runs. */
public record InferMuxChatModel(BlockingInferMux infermux, String model) implements ChatModel {

  @Override
  public ChatResponse doChat(ChatRequest request) {
    var asked = dev.infermux.api.ChatRequest.of(model).withParameter("top_p", request.topP());
    asked = asked.withMessages(request.messages().stream().map(this::message).toList());
    asked = asked.withParameter("temperature", request.temperature());
    asked = asked.withParameter("max_tokens", request.maxOutputTokens());
    var tools = request.toolSpecifications().stream().map(this::tool).toArray(Tool[]::new);
    var answer = infermux.chat(tools.length == 0 ? asked : asked.withTools(tools));
    var calls = answer.message().toolCalls().stream().map(this::call).toList();
    var whole = answer.finishReason().equals("length") ? FinishReason.LENGTH : FinishReason.STOP;
    var meta = answer.meta();
    return ChatResponse.builder()
        .aiMessage(calls.isEmpty() ? AiMessage.from(answer.content()) : AiMessage.from(calls))
        .finishReason(calls.isEmpty() ? whole : FinishReason.TOOL_EXECUTION)
        .tokenUsage(new TokenUsage((int) meta.promptTokens(), (int) meta.completionTokens()))
        .build();
  }

  private Message message(ChatMessage message) {
    if (message instanceof SystemMessage system) return Message.system(system.text());
    if (message instanceof UserMessage user) return Message.user(user.singleText());
    if (message instanceof ToolExecutionResultMessage r) return Message.tool(r.id(), r.text());
    AiMessage ai = (AiMessage) message; // there are no others that this model supports
    if (!ai.hasToolExecutionRequests()) return Message.assistant(ai.text());
    var calls = ai.toolExecutionRequests().stream();
    return Message.assistant(
        calls.map(c -> new Message.ToolCall(c.id(), c.name(), c.arguments())).toList());
  }

  private ToolExecutionRequest call(Message.ToolCall call) {
    var request = ToolExecutionRequest.builder().id(call.id()).name(call.name());
    return request.arguments(call.arguments()).build();
  }

  private Tool tool(ToolSpecification tool) {
    Map<String, Object> none = Map.of("type", "object");
    String description = tool.description() == null ? "" : tool.description();
    return new Tool(
        tool.name(), description, tool.parameters() == null ? none : toMap(tool.parameters()));
  }
}
