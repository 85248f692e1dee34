package dev.infermux.cli.process;

/** What the process says when it ends; docs/cli.md has the table. */
public final class ExitCode {

  public static final int OK = 0;

  /** Bad arguments, or a configuration file that is not there. */
  public static final int BAD_ARGUMENTS = 1;

  public static final int BAD_CONFIGURATION = 2;
  public static final int CAN_NOT_BIND = 3;

  /** {@code infer}: the call was refused or failed. */
  public static final int CALL_FAILED = 4;

  /** {@code validate}: the file is no YAML. */
  public static final int VALIDATE_MALFORMED = 2;

  /** {@code validate}: the file is not a valid configuration. */
  public static final int VALIDATE_INVALID = 3;

  /** {@code status}: some circuit is not closed. */
  public static final int CIRCUIT_OPEN = 1;

  /** {@code status} and {@code providers}: the server did not answer. */
  public static final int NO_ANSWER = 2;

  /** A bug of ours. */
  public static final int INTERNAL = 70;

  /** What was to be printed is not on standard output, whose disk is full for instance. */
  public static final int CAN_NOT_WRITE = 74;

  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
