package dev.infermux.nodes.hints;

import java.util.List;

/** Where nodes publish hints. Private: their content changes with the versions. */
final class HintAddresses {

  /** Each second: that a node lives, and what was asked of its rate limits. */
  static final String STATE = "infermux.nodes.state";

  /** A circuit has opened. */
  static final String CIRCUIT = "infermux.nodes.circuit";

  /** A provider has told a credential to wait. */
  static final String LIMITED = "infermux.nodes.limited";

  /** The end of a health check. */
  static final String HEALTH = "infermux.nodes.health";

  static final List<String> ALL = List.of(STATE, CIRCUIT, LIMITED, HEALTH);

  private HintAddresses() {}
}
