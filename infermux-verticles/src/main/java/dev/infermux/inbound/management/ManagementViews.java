package dev.infermux.inbound.management;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What the management door may see. Safe on any thread. */
public interface ManagementViews {

  /** All metrics in the exposition format that {@code accept} asks for. */
  Future<Text> metrics(String accept);

  /** A text answer. */
  record Text(String contentType, Buffer body) {}
}
