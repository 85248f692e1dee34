package dev.infermux.cli;

/** What the process says when it ends; docs/cli.md has the table. */
final class ExitCode {

  static final int OK = 0;

  /** Bad arguments, or a configuration file that is not there. */
  static final int BAD_ARGUMENTS = 1;

  static final int BAD_CONFIGURATION = 2;
  static final int CAN_NOT_BIND = 3;

  /** {@code infer}: the call was refused or failed. */
  static final int CALL_FAILED = 4;

  /** {@code validate}: the file is no YAML. */
  static final int VALIDATE_MALFORMED = 2;

  /** {@code validate}: the file says what can not be. */
  static final int VALIDATE_INVALID = 3;

  /** A bug of ours. */
  static final int INTERNAL = 70;

  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
