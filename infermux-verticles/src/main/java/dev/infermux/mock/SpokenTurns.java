package dev.infermux.mock;

import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.mock.MockCall.Demands;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who has spoken in a conversation, one after the other, and which tools were called. */
final class SpokenTurns {

  private final Set<String> called = new LinkedHashSet<>();
  private boolean results;

  /** The user has said something else than results. */
  void user() {
    results = false;
    called.clear();
  }

  void assistant() {
    results = false;
  }

  void called(String tool) {
    called.add(tool);
  }

  void result() {
    results = true;
  }

  Demands demands(ToolUse tools, @Nullable OutputFormat format) {
    return new Demands(tools, format, results, called);
  }
}
