package dev.infermux.inbound.management.view;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** All metrics as text. */
public interface MetricsView {

  /** In the exposition format that {@code accept} asks for. */
  Future<Text> metrics(String accept);

  /** A text answer. */
  record Text(String contentType, Buffer body) {}
}
