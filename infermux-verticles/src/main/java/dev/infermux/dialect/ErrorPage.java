package dev.infermux.dialect;

import dev.infermux.inference.Shortened;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Markup in the place of an error: what kind of page it is and its title, never the page. */
final class ErrorPage {

  /** The type of an error that was a page. */
  static final String TYPE = "page";

  private static final Pattern MARKUP = Pattern.compile("<[a-zA-Z!/?]");
  private static final int LONGEST_TITLE = 100;

  private ErrorPage() {}

  /** Whether it is a page, by its beginning or by its media type. */
  static boolean is(String text, String mediaType) {
    return (text.charAt(0) == '<' && MARKUP.matcher(text).lookingAt())
        || (text.indexOf('<') >= 0
            && (mediaType.startsWith("text/html") || mediaType.contains("xml")));
  }

  static ProviderError read(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean html = lower.contains("<html") || lower.contains("<!doctype html");
    if (!html && lower.contains("<message>")) {
      // Object stores and old gateways of AWS write their errors so.
      String message = element(text, lower, "message");
      return new ProviderError(message, element(text, lower, "code"), "", null, 0);
    }
    String kind = html || !lower.startsWith("<?xml") ? "an HTML page" : "an XML document";
    String title = element(text, lower, "title");
    return new ProviderError(
        title.isEmpty() ? kind : kind + " titled \"" + title + '"', "", TYPE, null, 0);
  }

  private static String element(String text, String lower, String name) {
    int open = lower.indexOf('<' + name);
    int from = open < 0 ? -1 : lower.indexOf('>', open) + 1;
    int to = from <= 0 ? -1 : lower.indexOf("</" + name, from);
    // Some letters change their length with their case.
    if (to < 0 || to > text.length()) {
      return "";
    }
    String inside = beforeMarkup(text.substring(from, to)).strip();
    return Shortened.beginning(inside, LONGEST_TITLE).replaceAll("\\s+", " ");
  }

  /** A text up to its first tag. */
  static String beforeMarkup(String text) {
    Matcher markup = MARKUP.matcher(text);
    return markup.find() ? text.substring(0, markup.start()) : text;
  }
}
