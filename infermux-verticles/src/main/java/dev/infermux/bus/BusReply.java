package dev.infermux.bus;

import dev.infermux.mist.LocalPayload;
import dev.infermux.mist.Payload;
import org.jspecify.annotations.Nullable;

/** What is answered, with the request that it belongs to. */
record BusReply(Payload content, BusRequest<?> request) implements Payload {

  @Override
  public byte[] json() {
    return content.json();
  }

  /** Completes the request. */
  void deliver() {
    if (!request.answer(content)) {
      undelivered();
    }
  }

  /** It reaches nobody. */
  void undelivered() {
    giveUp(content);
  }

  /** What an answer holds that reaches nobody is given up. */
  static void giveUp(@Nullable Payload answer) {
    if (answer instanceof LocalPayload local) {
      local.undelivered();
    }
  }
}
