package dev.infermux.config.yaml;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Refuses what is legal YAML and no configuration: equal keys, odd keys, aliases that multiply. */
final class NodeCheck {
  /** Values, those behind aliases counted as often as they are used. */
  private static final long MAX_VALUES = 50_000;

  private static final long BEING_WEIGHED = -1;

  private final MixedBudgets source;
  private final IdentityHashMap<Node, Long> weights = new IdentityHashMap<>();

  NodeCheck(MixedBudgets source) {
    this.source = source;
  }

  void check(Node root) {
    if (weight(root) > MAX_VALUES) {
      throw FileProblem.parsing(
          "more values than a configuration can have (expected: at most "
              + MAX_VALUES
              + ", those behind aliases counted each time)");
    }
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private long weight(Node node) {
    Long known = weights.get(node);
    if (known != null) {
      if (known == BEING_WEIGHED) {
        throw StrictYaml.problem(node.getStartMark(), source, "an anchor that contains itself");
      }
      return known;
    }
    weights.put(node, BEING_WEIGHED);
    long weight = 1;
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        weight += weight(item);
      }
    } else if (node instanceof MappingNode mapping) {
      checkKeys(mapping);
      for (NodeTuple entry : mapping.getValue()) {
        weight += weight(entry.getValueNode());
      }
    }
    long bounded = Math.min(weight, MAX_VALUES + 1);
    weights.put(node, bounded);
    return bounded;
  }

  private void checkKeys(MappingNode mapping) {
    Map<String, Node> seen = new HashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      Node key = entry.getKeyNode();
      if (!(key instanceof ScalarNode scalar) || isNull(key)) {
        throw StrictYaml.problem(
            key.getStartMark(), source, "a key that is no text (expected: a name)");
      }
      Node first = seen.putIfAbsent(scalar.getValue(), key);
      if (first != null) {
        int line = source.lineInFile(first.getStartMark().getLine() + 1);
        throw StrictYaml.problem(
            key.getStartMark(),
            source,
            "the key \"" + scalar.getValue() + "\" a second time (first at line " + line + ")");
      }
    }
  }
}
