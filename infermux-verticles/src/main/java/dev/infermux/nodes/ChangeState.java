package dev.infermux.nodes;

import java.util.List;

/** The things that are set or removed for all nodes, as of a version. */
public record ChangeState(long version, List<SharedChange> changes) {
  public ChangeState {
    changes = List.copyOf(changes);
  }
}
