package dev.infermux.config;

import dev.infermux.config.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys that are read and checked while the part that they set is still to come, so that no key
 * is ignored in silence. When a part goes live its line goes.
 */
final class NotYetActive {
  /** Paths, {@code []} being any item, and the values that are meant. */
  private static final Map<String, Set<String>> KEYS = Map.of();

  private NotYetActive() {}

  /** One line for each key of the file that has no effect yet. */
  static List<String> notices(Node root) {
    List<String> notices = new ArrayList<>();
    collect(root, "", notices);
    return notices;
  }

  /** The list in the docs. */
  static String markdown() {
    StringBuilder list = new StringBuilder();
    new TreeMap<>(KEYS)
        .forEach(
            (key, values) -> {
              String which =
                  values.isEmpty() ? "" : ": " + String.join(", ", new TreeSet<>(values));
              list.append("- `").append(key).append('`').append(which).append('\n');
            });
    return KEYS.isEmpty() ? "- none\n" : list.toString();
  }

  private static void collect(Node node, String pattern, List<String> notices) {
    Set<String> values = KEYS.get(pattern);
    String text = node.text().orElse("");
    if (values != null && !node.absent() && (values.isEmpty() || values.contains(text))) {
      String what = values.isEmpty() ? "" : " \"" + text + "\" is";
      notices.add(node.path() + ":" + what + " checked and not active yet in this version");
    } else if (node.isMapping()) {
      String prefix = pattern.isEmpty() ? "" : pattern + ".";
      node.entries().forEach((key, below) -> collect(below, prefix + key, notices));
    } else if (node.isList()) {
      node.items().forEach(item -> collect(item, pattern + "[]", notices));
    }
  }
}
