package dev.infermux.mist;

import dev.infermux.mist.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a code of the family. Its message says where, what was found, what is allowed.
 *
 * <p>Has no stack trace: it describes a message or a peer, and may be made often.
 */
public final class MistException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final MistErrorCode code;
  private final String field;

  public MistException(MistErrorCode code, String message) {
    this(code, "", message, null);
  }

  public MistException(MistErrorCode code, String message, Throwable cause) {
    this(code, "", message, cause);
  }

  private MistException(
      MistErrorCode code, String field, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.code = code;
    this.field = field;
  }

  /** A {@code validation} failure of one field. */
  public static MistException invalid(String field, String found, String expected) {
    return invalid(new JsonProblem(field, found, expected));
  }

  /** A {@code validation} failure for JSON that could not be accepted. */
  public static MistException invalid(JsonProblem problem) {
    return new MistException(
        MistErrorCode.VALIDATION, problem.where(), String.valueOf(problem.getMessage()), null);
  }

  public MistErrorCode code() {
    return code;
  }

  /** Path of the field at fault, such as {@code payload.messages[2].role}; empty when none is. */
  public String field() {
    return field;
  }
}
