package dev.infermux.cli.process;

/** Help being written: plain lines, and entries in two columns. */
final class HelpText {

  private static final int WIDTH = 100;
  private static final int COLUMN = 30;
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();

  HelpText line(String line) {
    out.append(line).append('\n');
    return this;
  }

  /** A name and its text, which goes on below itself; a long name has a line of its own. */
  HelpText entry(String name, String text) {
    StringBuilder line = new StringBuilder(INDENT).append(name);
    if (line.length() + INDENT.length() > COLUMN) {
      line(line.toString());
      line.setLength(0);
    }
    line.append(" ".repeat(COLUMN - line.length()));
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        line(line.toString().stripTrailing());
        line.setLength(0);
        line.append(" ".repeat(COLUMN));
      }
      line.append(word).append(' ');
    }
    return line(line.toString().stripTrailing());
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
