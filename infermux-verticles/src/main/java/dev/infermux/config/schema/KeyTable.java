package dev.infermux.config.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Writes the table of keys as Markdown, for {@code docs/configuration.md}. */
public final class KeyTable {
  private final List<String> rows = new ArrayList<>();
  private final Set<Shape> described = Collections.newSetFromMap(new IdentityHashMap<>());

  private KeyTable() {}

  /** One row a key, in the order of the table; a block that is used twice is described once. */
  public static String markdown(Shape.Block root) {
    KeyTable table = new KeyTable();
    table.rows.add("| key | value | default | meaning |");
    table.rows.add("|---|---|---|---|");
    table.block("", root);
    return String.join("\n", table.rows) + "\n";
  }

  private void block(String prefix, Shape.Block block) {
    if (!described.add(block)) {
      return;
    }
    for (Shape.Entry entry : block.entries()) {
      String path = prefix + entry.name();
      String fallback =
          entry.required() ? "**required**" : entry.defaultValue().map(KeyTable::code).orElse("");
      row(path, label(entry.shape()), fallback, entry.meaning());
      below(path, entry.shape());
    }
  }

  private void below(String path, Shape shape) {
    if (shape instanceof Shape.Block block) {
      block(path + ".", block);
    } else if (shape instanceof Shape.ListOf list) {
      below(path + "[]", list.item());
    } else if (shape instanceof Shape.MapOf map) {
      below(path + ".<" + map.key() + ">", map.value());
    } else if (shape instanceof Shape.Either either) {
      below(path, either.first());
    }
  }

  private void row(String path, String label, String fallback, String meaning) {
    String value = label.replace("|", "\\|");
    rows.add("| `" + path + "` | " + value + " | " + fallback + " | " + meaning + " |");
  }

  private static String label(Shape shape) {
    if (shape instanceof Shape.One one) {
      return one.kind().label();
    }
    if (shape instanceof Shape.ListOf list) {
      return "list of " + plural(label(list.item()));
    }
    if (shape instanceof Shape.MapOf map) {
      return map.key() + " → " + label(map.value());
    }
    if (shape instanceof Shape.Either either) {
      return label(either.first()) + ", or " + label(either.second());
    }
    return "mapping";
  }

  private static String plural(String label) {
    return label.endsWith("s") ? label : label + "s";
  }

  private static String code(Object value) {
    return "`" + value + "`";
  }
}
