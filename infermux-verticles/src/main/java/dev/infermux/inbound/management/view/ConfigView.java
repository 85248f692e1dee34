package dev.infermux.inbound.management.view;

import io.vertx.core.Future;

/** The configuration, as it may be changed while the gateway runs. */
public interface ConfigView {

  /** Reads the configuration again and brings it into force, if it is valid. */
  Future<ReloadOutcome> reload();
}
