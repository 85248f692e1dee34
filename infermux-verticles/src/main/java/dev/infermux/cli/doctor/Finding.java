package dev.infermux.cli.doctor;

/**
 * What a check has found.
 *
 * @param check what was looked at, such as {@code provider openai}
 * @param text one line, without any secret; of what is not well it says what to do
 */
record Finding(Status status, String check, String text) {

  /** How bad it is. */
  enum Status {
    OK,
    /** It works, perhaps other than it is meant. */
    WARN,
    /** It does not work. */
    FAIL
  }

  static Finding ok(String check, String text) {
    return new Finding(Status.OK, check, text);
  }

  static Finding warn(String check, String text) {
    return new Finding(Status.WARN, check, text);
  }

  static Finding fail(String check, String text) {
    return new Finding(Status.FAIL, check, text);
  }
}
