package dev.infermux.dialect.ollama;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Writes a conversation of one text as what a text is generated from. */
final class OllamaPromptWriter {

  private OllamaPromptWriter() {}

  /** One text of the user's, with instructions before it. */
  static void write(Conversation asked, JsonOutput out) {
    List<JsonText> system = new ArrayList<>();
    JsonText prompt = null;
    for (Turn turn : asked.turns()) {
      boolean instructs = turn.role() == Turn.Role.SYSTEM && prompt == null;
      if (!instructs && (turn.role() != Turn.Role.USER || prompt != null)) {
        throw Losses.refused("messages", "more than one prompt for /api/generate");
      }
      for (ContentPart part : turn.parts()) {
        if (!(part instanceof ContentPart.Text text) || (!instructs && prompt != null)) {
          throw Losses.refused("messages", "more than one text for /api/generate");
        }
        if (instructs) {
          system.add(text.text());
        } else {
          prompt = text.text();
        }
      }
    }
    if (prompt == null || prompt.isEmpty()) {
      throw Losses.refused("prompt", "empty, which makes Ollama load a model and say nothing");
    }
    out.field("prompt", prompt);
    if (!system.isEmpty()) {
      out.name("system").openString();
      for (int i = 0; i < system.size(); i++) {
        out.piece(i == 0 ? "" : "\n").piece(system.get(i));
      }
      out.closeString();
    }
  }
}
