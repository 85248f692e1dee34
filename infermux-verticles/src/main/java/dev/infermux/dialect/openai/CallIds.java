package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.inference.Attempt;

/** Names calls of tools that have no id: clients answer a call by it. */
final class CallIds {

  private CallIds() {}

  static String of(CallBegins call, Attempt attempt) {
    return call.id().isEmpty()
        ? "call_" + attempt.call().requestId() + "_" + call.index()
        : call.id();
  }
}
