package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Attempt;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/** Callers of the API before it had tools read one call, and under its former names. */
final class DeprecatedFunctions {

  private static final byte[] FUNCTIONS = "functions".getBytes(US_ASCII);
  private static final byte[] TOOLS = "tools".getBytes(US_ASCII);

  private DeprecatedFunctions() {}

  /** Whether the caller has functions and no tools. Reads the whole request. */
  static boolean asked(Attempt attempt) {
    JsonCursor json = new JsonCursor(attempt.call().body().bytes());
    boolean functions = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.kind() == JsonKind.ARRAY && json.nameIs(TOOLS)) {
        return false;
      }
      functions |= json.kind() == JsonKind.ARRAY && json.nameIs(FUNCTIONS);
      json.skip();
    }
    return functions;
  }

  /** The dialect's name of a reason to end, or its former one. */
  static String name(FinishReason reason, boolean deprecated) {
    return deprecated && reason == FinishReason.TOOL_CALLS
        ? "function_call"
        : FinishReasons.name(reason);
  }
}
