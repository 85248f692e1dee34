package dev.infermux.config.yaml;

/** Why there is no tree: a user's mistake, so it has a message and no stack trace. */
public final class FileProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stage the file failed at. */
  public enum Stage {
    /** There is no such file, or it cannot be read. */
    OPENING,
    /** It is no YAML, or not the YAML that a configuration may be. */
    PARSING
  }

  private final Stage stage;

  private FileProblem(Stage stage, String message) {
    super(message, null, false, false);
    this.stage = stage;
  }

  static FileProblem opening(String message) {
    return new FileProblem(Stage.OPENING, message);
  }

  static FileProblem parsing(String message) {
    return new FileProblem(Stage.PARSING, message);
  }

  /**
   * @param line counted from 1
   * @param column counted from 1
   */
  static FileProblem parsing(int line, int column, String message) {
    return parsing("line " + line + ", column " + column + ": " + message);
  }

  public Stage stage() {
    return stage;
  }
}
