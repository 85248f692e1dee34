package dev.infermux.nodes.hints;

/**
 * Who a node is.
 *
 * @param id of one start of one process
 * @param name for people
 * @param version of InferMux
 * @param startedMillis since the epoch, on its own clock
 */
public record NodeIdentity(String id, String name, String version, long startedMillis) {

  /** Whether it has been there for longer; ids decide between two that began together. */
  boolean olderThan(NodeIdentity other) {
    return startedMillis != other.startedMillis
        ? startedMillis < other.startedMillis
        : id.compareTo(other.id) < 0;
  }
}
