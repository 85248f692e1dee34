package dev.infermux.inbound.management.view;

import dev.infermux.inference.call.Call;

/** What routing would do. */
public interface RouteView {

  /** What would happen to a call now, without doing it. */
  RouteExplanation explain(Call call);
}
