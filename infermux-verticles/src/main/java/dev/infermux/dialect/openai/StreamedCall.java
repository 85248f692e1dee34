package dev.infermux.dialect.openai;

/** One call of a tool in a stream, as far as its fragments have come. */
final class StreamedCall {

  private final boolean given;
  private final ToolArguments arguments = new ToolArguments();
  private String name = "";

  /** The provider's id, or one that stands for it. */
  final String id;

  /**
   * @param given whether the provider gave its id
   */
  StreamedCall(String id, boolean given) {
    this.id = id;
    this.given = given;
  }

  /** Takes a fragment; a name that comes in pieces is told from one that is repeated. */
  void take(ToolFragment fragment, byte[] chunk) {
    fragment.knownId = id;
    fragment.names = !fragment.name.isEmpty() && !fragment.name.equals(name);
    name = fragment.names ? fragment.name : name;
    if (fragment.argumentsTo > 0) {
      arguments.take(chunk, fragment.argumentsFrom + 1, fragment.argumentsTo - 1);
    }
  }

  /** Whether a fragment with the call's index begins another one. */
  boolean isOtherThan(ToolFragment fragment) {
    if (fragment.name.isEmpty()) {
      return false;
    }
    if (fragment.id.isEmpty()) {
      return arguments.complete();
    }
    return given && !fragment.id.equals(id) && !(fragment.name.equals(name) && arguments.open());
  }

  /** Whether a fragment without an index can be a piece of it. */
  boolean goesOnWith(ToolFragment fragment) {
    return !arguments.complete() && (fragment.name.isEmpty() || fragment.name.equals(name));
  }
}
