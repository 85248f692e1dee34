package dev.infermux.dialect.openai;

/**
 * One fragment of a call as its chunk has it, and what it comes to; used again for later chunks.
 */
final class ToolFragment {

  /** The provider's; negative = none. */
  long index;

  String id = "";
  String name = "";
  boolean hasId;
  boolean hasName;

  /** Whether it says what kind of tool is called. */
  boolean typed;

  /** Whether its arguments are no text. */
  boolean odd;

  /** Where its arguments stand in the chunk, quotes included. */
  int argumentsFrom;

  /** 0 = it has none that are text. */
  int argumentsTo;

  /** Which of its choice's calls it belongs to. */
  int place;

  /** Whether it begins its call. */
  boolean first;

  /** Whether its name is the call's first, or another piece of it. */
  boolean names;

  /** The call's id. */
  String knownId = "";

  void reset() {
    index = -1;
    id = "";
    name = "";
    hasId = false;
    hasName = false;
    typed = false;
    odd = false;
    argumentsFrom = 0;
    argumentsTo = 0;
  }
}
