package dev.infermux.dialect;

import java.util.Locale;
import java.util.regex.Pattern;

/** How servers and frameworks word the 404 of a path that they do not have. */
final class PathPhrases {

  /** Nothing more than the status says: FastAPI, Go, llama.cpp, Azure, Spring. */
  private static final Pattern BARE =
      Pattern.compile(
          "(404:? )?((the )?(page|file|path|route|endpoint|url|(requested )?resource)( was)? )?"
              + "not found[.!]?");

  /** The method or the path is named: OpenAI, Express, Fastify, vendors' gateways. */
  private static final Pattern NAMED =
      Pattern.compile(
          "invalid url|unknown (request )?(url|path|endpoint)|cannot (get|post) /|no route"
              + "|(get|post):? ?/\\S*+ (was )?not found|no such (route|endpoint|path)");

  private PathPhrases() {}

  static boolean in(String message) {
    String lower = message.toLowerCase(Locale.ROOT).strip();
    return BARE.matcher(lower).matches() || NAMED.matcher(lower).find();
  }
}
