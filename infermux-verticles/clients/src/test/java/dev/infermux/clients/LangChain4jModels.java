package dev.infermux.clients;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Map;

/** The providers of LangChain4j. */
final class LangChain4jModels {

  private static final String KEY = "sk-caller";

  private LangChain4jModels() {}

  static Map<Scenario, Steps.Step> openAi(String url) {
    return new LangChain4j(
            model ->
                OpenAiChatModel.builder()
                    .baseUrl(url + "/v1")
                    .apiKey(KEY)
                    .modelName(model)
                    .returnThinking(true)
                    .maxRetries(0)
                    .build(),
            model ->
                OpenAiStreamingChatModel.builder()
                    .baseUrl(url + "/v1")
                    .apiKey(KEY)
                    .modelName(model)
                    .build())
        .steps();
  }

  static Map<Scenario, Steps.Step> anthropic(String url) {
    return new LangChain4j(
            model ->
                AnthropicChatModel.builder()
                    .baseUrl(url + "/v1")
                    .apiKey(KEY)
                    .modelName(model)
                    .maxTokens(2000)
                    .thinkingType(model.equals("reasoning") ? "adaptive" : null)
                    .returnThinking(true)
                    .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                    .maxRetries(0)
                    .build(),
            model ->
                AnthropicStreamingChatModel.builder()
                    .baseUrl(url + "/v1")
                    .apiKey(KEY)
                    .modelName(model)
                    .maxTokens(2000)
                    .build())
        .steps();
  }
}
