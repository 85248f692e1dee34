package dev.infermux.inbound.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inbound.management.view.PublishedEvent;
import io.vertx.core.buffer.Buffer;

/** Events in the words of server-sent events: the type as {@code event}, the envelope as data. */
final class EventStreamText {

  /** Says that the stream has begun, and after how long to come back should it break. */
  static final Buffer BEGIN = Buffer.buffer(": events from now on\nretry: 1000\n\n");

  static final Buffer HEARTBEAT = Buffer.buffer(": heartbeat\n\n");
  static final Buffer STOPPING = end("stopping");
  static final Buffer REFUSED = end("refused");

  private static final byte[] EVENT = "event: ".getBytes(UTF_8);
  private static final byte[] DATA = "\ndata: ".getBytes(UTF_8);
  private static final byte[] NEXT = "\n\n".getBytes(UTF_8);

  private EventStreamText() {}

  private static Buffer end(String reason) {
    return Buffer.buffer("event: end\ndata: {\"reason\":\"" + reason + "\"}\n\n");
  }

  static Buffer of(EventBatch batch) {
    Buffer text = Buffer.buffer(1024 * (1 + batch.events().size()));
    if (batch.lost() > 0) {
      text.appendString("event: lost\ndata: {\"events\":" + batch.lost() + "}\n\n");
    }
    for (PublishedEvent event : batch.events()) {
      text.appendBytes(EVENT)
          .appendString(event.type())
          .appendBytes(DATA)
          .appendBytes(event.json())
          .appendBytes(NEXT);
    }
    return text;
  }
}
