package dev.infermux.inbound.management.view;

import java.util.List;

/**
 * A provider that was added while the gateway runs.
 *
 * @param warnings what works other than it may have been meant, one line each
 */
public record JoinedProvider(String name, List<String> warnings) {

  public JoinedProvider {
    warnings = List.copyOf(warnings);
  }
}
