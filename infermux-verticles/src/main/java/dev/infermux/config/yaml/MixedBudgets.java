package dev.infermux.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Mends one widespread slip: a top-level {@code budgets} block in which {@code state_file} is
 * followed by list items at the same indentation, which YAML forbids. The list becomes what it was
 * meant to be, the value of {@code callers}. Nothing but exactly that shape is touched.
 *
 * @param text the text, mended or as it was
 * @param insertedLine the line that is not in the file, counted from 1; 0 = none
 */
record MixedBudgets(String text, int insertedLine) {
  private static final Pattern HEAD = Pattern.compile("budgets:\\s*(#.*)?");
  private static final Pattern SETTING =
      Pattern.compile("(state_file|reserve_output_tokens):(\\s.*)?");
  private static final Pattern FIRST_ITEM = Pattern.compile("-\\s+caller:(\\s.*)?");

  static MixedBudgets mend(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    for (int i = 0; i < lines.size(); i++) {
      if (HEAD.matcher(lines.get(i).stripTrailing()).matches()) {
        int item = firstItem(lines, i + 1);
        if (item > 0) {
          lines.add(item, " ".repeat(indentation(lines.get(item))) + "callers:");
          return new MixedBudgets(String.join("\n", lines), item + 1);
        }
      }
    }
    return new MixedBudgets(text, 0);
  }

  /** Where a line of the text is in the file. */
  int lineInFile(int line) {
    return insertedLine > 0 && line >= insertedLine ? line - 1 : line;
  }

  /** The index of the first list item of a block that has the shape; -1 when it has not. */
  private static int firstItem(List<String> lines, int from) {
    int level = -1;
    int item = -1;
    for (int i : block(lines, from)) {
      String content = lines.get(i).strip();
      int here = indentation(lines.get(i));
      boolean first = level < 0;
      level = first ? here : level;
      if (item >= 0) {
        if (here < level || (here == level && !content.startsWith("-"))) {
          return -1;
        }
      } else if (here == level && !first && FIRST_ITEM.matcher(content).matches()) {
        item = i;
      } else if (here != level || !SETTING.matcher(content).matches()) {
        return -1;
      }
    }
    return item;
  }

  /** The indices of the indented lines from here on, without empty ones and comments. */
  private static List<Integer> block(List<String> lines, int from) {
    List<Integer> block = new ArrayList<>();
    for (int i = from; i < lines.size(); i++) {
      String content = lines.get(i).strip();
      if (!content.isEmpty() && !content.startsWith("#")) {
        if (indentation(lines.get(i)) == 0) {
          break;
        }
        block.add(i);
      }
    }
    return block;
  }

  private static int indentation(String line) {
    int spaces = 0;
    while (spaces < line.length() && line.charAt(spaces) == ' ') {
      spaces++;
    }
    return spaces;
  }
}
