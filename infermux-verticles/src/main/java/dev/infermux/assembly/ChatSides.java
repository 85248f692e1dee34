package dev.infermux.assembly;

import dev.infermux.dialect.Framing;
import dev.infermux.dialect.anthropic.AnthropicChat;
import dev.infermux.dialect.anthropic.AnthropicDialect;
import dev.infermux.dialect.chat.ChatSide;
import dev.infermux.dialect.openai.OpenAiChat;
import dev.infermux.dialect.openai.OpenAiCompletions;
import dev.infermux.dialect.responses.ResponsesChat;
import dev.infermux.inference.Operation;
import dev.infermux.provider.translate.Translators;
import java.util.List;
import java.util.Map;

/** The dialects between which calls are translated: a further one is a further line here. */
final class ChatSides {

  static final Translators TRANSLATORS =
      new Translators(
          List.of(
              new ChatSide(OpenAiChat.DIALECT, Operation.CHAT, Framing.SSE, new OpenAiChat()),
              new ChatSide(
                  OpenAiChat.DIALECT, Operation.COMPLETION, Framing.SSE, new OpenAiCompletions()),
              new ChatSide(
                  ResponsesChat.DIALECT, Operation.CHAT, Framing.NAMED_SSE, new ResponsesChat()),
              new ChatSide(
                  AnthropicDialect.INSTANCE,
                  Operation.CHAT,
                  Framing.NAMED_SSE,
                  new AnthropicChat(ChatSides::longestAnswer))),
          List.of());

  /** The few models of Anthropic's that write less than is asked for where nothing is said. */
  private static final Map<String, Long> SHORT =
      Map.of("claude-3-haiku", 4_096L, "claude-3-opus", 4_096L, "claude-3-5", 8_192L);

  private ChatSides() {}

  /** In tokens; 0 where the vendor's limit is no shorter than the gateway's. */
  private static long longestAnswer(String model) {
    return SHORT.entrySet().stream()
        .filter(family -> model.contains(family.getKey()))
        .mapToLong(Map.Entry::getValue)
        .findFirst()
        .orElse(0);
  }
}
