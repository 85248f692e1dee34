package dev.infermux.clients;

import java.util.List;

/** All clients of the matrix. */
final class Clients {

  static final String CHAT = "/v1/chat/completions";
  static final String RESPONSES = "/v1/responses";
  static final String MESSAGES = "/v1/messages";
  static final String OLLAMA = "/api/chat";

  /** What clients ask for when nothing is said. */
  static final List<String> DEFAULT_MODELS = List.of("gpt-5.6-luna");

  private Clients() {}

  static List<Client> all() {
    return List.of(
        node("openai 7", CHAT, "openai:chat"),
        node("openai 6", CHAT, "openai:chat6"),
        node("@ai-sdk/openai-compatible", CHAT, "ai:compatible"),
        node("@langchain/openai", CHAT, "langchain"),
        python("openai-python", CHAT, "openai_chat"),
        python("pydantic-ai", CHAT, "pydantic_chat"),
        python("instructor", CHAT, "instructor_chat"),
        new Client("openai-java", CHAT, new Steps(OpenAiJavaChat::open)),
        new Client("LangChain4j", CHAT, new Steps(LangChain4jModels::openAi)),
        new Client("Spring AI", CHAT, new Steps(SpringAi::open)),
        node("openai 7", RESPONSES, "openai:responses"),
        node("@ai-sdk/openai", RESPONSES, "ai:openai"),
        python("openai-python", RESPONSES, "openai_responses"),
        python("openai-agents", RESPONSES, "agents_default"),
        new Client("openai-java", RESPONSES, new Steps(OpenAiJavaResponses::open)),
        node("@anthropic-ai/sdk", MESSAGES, "anthropic"),
        node("@ai-sdk/anthropic", MESSAGES, "ai:anthropic"),
        python("anthropic-python", MESSAGES, "anthropic_messages"),
        new Client("anthropic-java", MESSAGES, new Steps(AnthropicJava::open)),
        new Client("LangChain4j", MESSAGES, new Steps(LangChain4jModels::anthropic)),
        new Client("Codex CLI", RESPONSES, CodingAgent.codex()),
        new Client("Claude Code", MESSAGES, CodingAgent.claudeCode()),
        node("ollama", OLLAMA, "ollama"));
  }

  private static Client node(String name, String front, String script) {
    return new Client(name, front, Script.node(script));
  }

  private static Client python(String name, String front, String script) {
    return new Client(name, front, Script.python(script));
  }
}
