package dev.infermux.bus;

import dev.infermux.mist.LocalPayload;
import dev.infermux.mist.Payload;

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

  /** It reaches nobody: what it holds is given up. */
  void undelivered() {
    if (content instanceof LocalPayload local) {
      local.undelivered();
    }
  }
}
