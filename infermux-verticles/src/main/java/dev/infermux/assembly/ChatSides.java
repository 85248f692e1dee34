package dev.infermux.assembly;

import dev.infermux.dialect.Framing;
import dev.infermux.dialect.chat.ChatSide;
import dev.infermux.dialect.openai.OpenAiChat;
import dev.infermux.dialect.openai.OpenAiCompletions;
import dev.infermux.dialect.responses.ResponsesChat;
import dev.infermux.inference.Operation;
import dev.infermux.provider.translate.Translators;
import java.util.List;

/** The dialects between which calls are translated: a further one is a further line here. */
final class ChatSides {

  static final Translators TRANSLATORS =
      new Translators(
          List.of(
              new ChatSide(OpenAiChat.DIALECT, Operation.CHAT, Framing.SSE, new OpenAiChat()),
              new ChatSide(
                  OpenAiChat.DIALECT, Operation.COMPLETION, Framing.SSE, new OpenAiCompletions()),
              new ChatSide(
                  ResponsesChat.DIALECT, Operation.CHAT, Framing.NAMED_SSE, new ResponsesChat())),
          List.of());

  private ChatSides() {}
}
