package dev.infermux.cli.manage;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text in columns, each as wide as its widest cell. */
public final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  public Table(String... titles) {
    lines.add(List.of(titles));
  }

  /** Adds a line; it has a cell for each title. */
  public void add(String... cells) {
    lines.add(List.of(cells));
  }

  public void print(PrintWriter out) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < lines.get(0).size(); column++) {
      widths.add(width(column));
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        String cell = line.get(column);
        text.append(cell).append(" ".repeat(widths.get(column) - cell.length())).append(GAP);
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private int width(int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }
}
