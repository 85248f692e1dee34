package dev.infermux.config.block;

import dev.infermux.config.tree.Node;
import java.util.Map;

/** Reports a name that another item has already. */
public final class Uniqueness {
  private Uniqueness() {}

  /**
   * Compares with those before.
   *
   * @param pathsByName the names so far and where they are; the node's joins them
   */
  public static void check(Node node, Map<String, String> pathsByName) {
    String name = node.text().orElse("");
    String first = name.isEmpty() ? null : pathsByName.putIfAbsent(name, node.path());
    if (first != null) {
      node.refuse("a value of its own, " + first + " has this one");
    }
  }
}
