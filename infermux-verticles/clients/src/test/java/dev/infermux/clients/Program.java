package dev.infermux.clients;

import java.util.Map;

/** A client's code: runs every scenario. */
interface Program {

  /**
   * Ends with one outcome for each scenario.
   *
   * @param url InferMux's, without a path
   */
  Map<Scenario, Outcome> run(String url);

  /** Whose packages it needs, as {@code .ci/clients} calls it; empty = none. */
  default String language() {
    return "";
  }
}
