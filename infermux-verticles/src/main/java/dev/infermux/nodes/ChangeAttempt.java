package dev.infermux.nodes;

import java.util.List;
import java.util.UUID;

/**
 * An attempt to change something for all nodes.
 *
 * @param id by which a repeated one is known
 * @param seen the version that it was decided upon
 */
public record ChangeAttempt(UUID id, long seen, List<SharedChange> changes) {
  public ChangeAttempt {
    changes = List.copyOf(changes);
  }
}
