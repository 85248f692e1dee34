package dev.infermux.operations;

import dev.infermux.events.metrics.Metrics;
import dev.infermux.events.metrics.MetricsText;
import dev.infermux.events.metrics.Rendering;
import dev.infermux.vertx.Contexts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Makes the text of all metrics. A short one is made by the event loop that asks, in slices between
 * which it looks at its sockets: to wake a worker and to be woken by it costs more than the text.
 * All others are made on a worker. Safe on any thread.
 */
final class MetricsRenderer {

  private final Vertx vertx;
  private final Metrics metrics;

  MetricsRenderer(Vertx vertx, Metrics metrics) {
    this.vertx = vertx;
    this.metrics = metrics;
  }

  /** In the format that {@code accept} asks for. */
  Future<MetricsText> render(String accept) {
    if (!Context.isOnEventLoopThread() || !metrics.quick(accept)) {
      return vertx.executeBlocking(() -> metrics.render(accept), false);
    }
    Promise<MetricsText> text = Contexts.promise(vertx);
    slice(metrics.begin(accept), text);
    return text.future();
  }

  private void slice(Rendering rendering, Promise<MetricsText> text) {
    try {
      if (rendering.slice()) {
        Contexts.nextTurn(vertx).onSuccess(due -> slice(rendering, text));
      } else {
        text.complete(rendering.text());
      }
    } catch (RuntimeException e) {
      text.fail(e);
    }
  }
}
