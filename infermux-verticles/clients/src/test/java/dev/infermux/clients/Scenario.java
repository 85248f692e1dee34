package dev.infermux.clients;

import java.util.Locale;

/** What every client is asked to do. */
enum Scenario {
  WHOLE,
  STREAM,
  TOOLS,
  PARALLEL,
  IMAGE,
  STRUCTURED,
  REASONING,
  ERROR,
  CANCEL;

  /** Its name in the scripts and in the matrix. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
