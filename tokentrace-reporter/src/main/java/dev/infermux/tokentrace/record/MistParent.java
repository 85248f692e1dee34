package dev.infermux.tokentrace.record;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the span of a MIST tool in {@code tracestate}: the member {@code mist} of W3C's list. */
final class MistParent {

  private static final Pattern MEMBER =
      Pattern.compile("(?:^|,)[ \\t]*mist=([0-9a-f]{32})[ \\t]*(?:,|$)");

  private MistParent() {}

  /** Its 32 hex digits; empty where there is none, or something else. */
  static String in(String tracestate) {
    Matcher member = MEMBER.matcher(tracestate);
    return member.find() ? member.group(1) : "";
  }
}
