package dev.infermux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of packages in docs/architecture.md: which package may import which. A cell that ends
 * in {@code .*} stands for the package and all below it.
 */
final class AllowTable {

  static final Path PAGE = Path.of("..", "docs", "architecture.md");

  private static final String PREFIX = "dev.infermux";
  private static final String HEAD = "| package | holds | may import of ours |";
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  private final Map<String, Set<String>> rows = new LinkedHashMap<>();

  static AllowTable read() throws IOException {
    AllowTable table = new AllowTable();
    List<String> lines = Files.readAllLines(PAGE);
    for (String line : lines.subList(lines.indexOf(HEAD) + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      String[] cells = line.split("\\|");
      table.rows.put(names(cells[1]).get(0), Set.copyOf(names(cells[3])));
    }
    return table;
  }

  private static List<String> names(String cell) {
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(cell);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  Set<String> packages() {
    return rows.keySet();
  }

  boolean allows(String from, String to) {
    return rows.getOrDefault(from, Set.of()).stream().anyMatch(name -> covers(name, to));
  }

  private static boolean covers(String name, String to) {
    if (!name.endsWith(".*")) {
      return name.equals(to);
    }
    String top = name.substring(0, name.length() - 2);
    return to.equals(top) || to.startsWith(top + ".") || top.equals(PREFIX);
  }

  /** The name that the table has for a package: {@code dev.infermux.bus} is {@code bus}. */
  static String nameOf(String packageName) {
    return packageName.equals(PREFIX) ? PREFIX : packageName.substring(PREFIX.length() + 1);
  }
}
