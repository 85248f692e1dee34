package dev.infermux.inbound.management.view;

import dev.infermux.inference.Call;
import io.vertx.core.Future;

/** What routing would do. */
public interface RouteView {

  /** What would happen to a call now, without doing it. */
  Future<RouteExplanation> explain(Call call);
}
