package dev.infermux.mock;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.json.JsonText;
import java.util.function.Consumer;

/** Signs reasoning where it ends, for APIs that do. */
final class SignedEvents {

  /** What the mock's own signatures begin with. */
  static final String SIGNATURE = "bW9jayBzaWduYXR1cmUg";

  private final boolean signs;
  private final ResponsePlan plan;
  private boolean thinking;

  SignedEvents(boolean signs, ResponsePlan plan) {
    this.signs = signs;
    this.plan = plan;
  }

  /** Passes an event on, after the signature of the reasoning that it ends. */
  void pass(ChatEvent event, Consumer<ChatEvent> to) {
    if (event instanceof ChatEvent.Thinking) {
      thinking = true;
    } else {
      end(to);
    }
    to.accept(event);
  }

  /** Nothing more is said. */
  void end(Consumer<ChatEvent> to) {
    if (thinking && signs) {
      to.accept(new ChatEvent.Sealed(JsonText.of(SIGNATURE + plan.number())));
    }
    thinking = false;
  }
}
