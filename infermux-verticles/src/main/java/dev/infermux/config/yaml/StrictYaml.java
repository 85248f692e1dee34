package dev.infermux.config.yaml;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Checks YAML before vertx-config-yaml reads it, since that keeps the last of two equal keys, drops
 * all documents but one, and turns {@code 0123}, {@code 1:30}, {@code 2024-08-01} and {@code no}
 * into something else. What comes out has no types left, only structure and text: the table of keys
 * gives the types.
 */
final class StrictYaml {
  private static final String EMPTY = "{}";

  private StrictYaml() {}

  /**
   * @return YAML of the same meaning for the YAML format
   * @throws FileProblem with line and column
   */
  static String plain(String text) {
    MixedBudgets mended = MixedBudgets.mend(text);
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(mended.text()));
      if (root == null || NodeCheck.isNull(root)) {
        return EMPTY;
      }
      new NodeCheck(mended).check(root);
      if (!(root instanceof MappingNode)) {
        throw problem(root.getStartMark(), mended, "no mapping (expected: keys such as listen:)");
      }
      return PlainScalars.quote(mended);
    } catch (MarkedYAMLException e) {
      throw problem(e.getProblemMark(), mended, wording(e));
    } catch (YAMLException e) {
      throw FileProblem.parsing(String.valueOf(e.getMessage()));
    }
  }

  static FileProblem problem(@Nullable Mark mark, MixedBudgets source, String message) {
    return mark == null
        ? FileProblem.parsing(message)
        : FileProblem.parsing(source.lineInFile(mark.getLine() + 1), mark.getColumn() + 1, message);
  }

  /** Only what cannot quote a value of the file, which may be a secret. */
  private static String wording(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("\\t(TAB)")) {
      return "a tab (expected: spaces)";
    }
    if (problem.startsWith("found undefined alias")) {
      return "an alias (*) without its anchor (&)";
    }
    return problem.equals("but found another document")
        ? "a second document (expected: one)"
        : problem;
  }
}
