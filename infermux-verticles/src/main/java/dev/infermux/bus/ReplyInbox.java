package dev.infermux.bus;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistIds;
import dev.infermux.vertx.Discards;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;

/**
 * One address that takes all replies to one verticle, as long as the verticle lives. The bus's own
 * requests have an address, a consumer and a timer for each reply, which a call would pay thrice.
 */
final class ReplyInbox {

  private final String address = "infermux.replies." + MistIds.newId();

  /** Must be made on the verticle's context. */
  ReplyInbox(EventBus bus) {
    Discards.handle(bus.<Envelope>localConsumer(address), message -> reply(message).undelivered())
        .handler(message -> reply(message).deliver());
  }

  String address() {
    return address;
  }

  private static BusReply reply(Message<Envelope> message) {
    return (BusReply) message.body().payload();
  }
}
