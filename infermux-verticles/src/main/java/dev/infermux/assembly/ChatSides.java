package dev.infermux.assembly;

import dev.infermux.dialect.Framing;
import dev.infermux.dialect.anthropic.AnthropicChat;
import dev.infermux.dialect.anthropic.AnthropicDialect;
import dev.infermux.dialect.chat.ChatSide;
import dev.infermux.dialect.ollama.OllamaChat;
import dev.infermux.dialect.ollama.OllamaDialect;
import dev.infermux.dialect.ollama.OllamaEmbeddings;
import dev.infermux.dialect.openai.OpenAiChat;
import dev.infermux.dialect.openai.OpenAiCompletions;
import dev.infermux.dialect.openai.OpenAiEmbeddings;
import dev.infermux.dialect.responses.ResponsesChat;
import dev.infermux.inference.Operation;
import dev.infermux.provider.translate.EmbeddingTranslator;
import dev.infermux.provider.translate.Translators;
import dev.infermux.time.Ticker;
import java.util.List;
import java.util.Map;

/** The dialects between which calls are translated: a further one is a further line here. */
final class ChatSides {

  private static final Ticker TICKER = System::nanoTime;

  private static final ChatSide COMPLETIONS =
      new ChatSide(OpenAiChat.DIALECT, Operation.COMPLETION, Framing.SSE, new OpenAiCompletions());

  private static final ChatSide OLLAMA_CHAT =
      new ChatSide(OllamaDialect.INSTANCE, Operation.CHAT, Framing.NDJSON, OllamaChat.chat(TICKER));

  private static final ChatSide OLLAMA_GENERATE =
      new ChatSide(
          OllamaDialect.INSTANCE,
          Operation.COMPLETION,
          Framing.NDJSON,
          OllamaChat.generate(TICKER));

  static final Translators TRANSLATORS =
      new Translators(
          List.of(
              new ChatSide(OpenAiChat.DIALECT, Operation.CHAT, Framing.SSE, new OpenAiChat()),
              COMPLETIONS,
              OLLAMA_CHAT,
              OLLAMA_GENERATE,
              new ChatSide(
                  ResponsesChat.DIALECT, Operation.CHAT, Framing.NAMED_SSE, new ResponsesChat()),
              new ChatSide(
                  AnthropicDialect.INSTANCE,
                  Operation.CHAT,
                  Framing.NAMED_SSE,
                  new AnthropicChat(ChatSides::longestAnswer))),
          List.of(
              Translators.preferred(COMPLETIONS, OLLAMA_GENERATE),
              new EmbeddingTranslator(new OpenAiEmbeddings(), new OllamaEmbeddings(TICKER)),
              new EmbeddingTranslator(new OllamaEmbeddings(TICKER), new OpenAiEmbeddings()),
              new EstimatedCount(CountForm.MESSAGES),
              new EstimatedCount(CountForm.RESPONSES)));

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
