package dev.infermux.dialect.openai;

import dev.infermux.inference.Failure;
import dev.infermux.json.Span;
import dev.infermux.json.Splice;

/** Makes a streamed request ask for its usage, wherever its options stand. */
final class UsageOption {

  private static final String ASKED = "\"include_usage\":true";

  private static final String NAME = "stream_options";

  private UsageOption() {}

  static boolean isNamedIn(Failure failure) {
    String param = failure.param();
    return failure.message().contains(NAME)
        || failure.message().contains("include_usage")
        || (param != null && param.startsWith(NAME));
  }

  static void ask(Splice edits, BodyLayout layout) {
    Span options = layout.options();
    if (options.isAbsent()) {
      edits.insert(layout.inside(), "\"stream_options\":{" + ASKED + "},");
    } else if (!layout.includeUsage().isAbsent()) {
      edits.replace(layout.includeUsage(), "true");
    } else if (layout.optionsEmpty()) {
      edits.replace(options, "{" + ASKED + "}");
    } else {
      edits.insert(options.from() + 1, ASKED + ",");
    }
  }
}
