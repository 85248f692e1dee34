package dev.infermux.dialect;

import java.util.List;

/** How providers say in words alone that a filter refused the content. */
final class ContentFilterPhrases {

  private static final List<String> FILTERED =
      List.of(
          "content management policy",
          "content filter",
          "content policy",
          "content exists risk",
          "input was flagged",
          "prompt was flagged",
          "content was flagged",
          "flagged as potentially violating",
          "inappropriate content",
          "safety system");

  private ContentFilterPhrases() {}

  static boolean in(String words) {
    return ErrorPhrases.has(ErrorPhrases.lower(words), FILTERED);
  }
}
