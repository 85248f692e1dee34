package dev.infermux.inbound.http;

import io.vertx.core.http.HttpHeaders;

/** Header names and values of the HTTP API's answers, encoded once. */
final class AnswerHeaders {

  static final CharSequence PROVIDER = name("X-Infermux-Provider");
  static final CharSequence MODEL = name("X-Infermux-Model");
  static final CharSequence STRATEGY = name("X-Infermux-Strategy");
  static final CharSequence ROUTE_GROUP = name("X-Infermux-Route-Group");
  static final CharSequence MODEL_OVERRIDE = name("X-Infermux-Model-Override");
  static final CharSequence MAX_TOKENS = name("X-Infermux-Max-Tokens");
  static final CharSequence LATENCY_MS = name("X-Infermux-Latency-Ms");
  static final CharSequence COST = name("X-Infermux-Cost");
  static final CharSequence PROMPT_TOKENS = name("X-Infermux-Prompt-Tokens");
  static final CharSequence COMPLETION_TOKENS = name("X-Infermux-Completion-Tokens");
  static final CharSequence ATTEMPTS = name("X-Infermux-Attempts");
  static final CharSequence TRANSLATED = name("X-Infermux-Translated");
  static final CharSequence DROPPED = name("X-Infermux-Dropped");
  static final CharSequence TRAILER = name("Trailer");
  static final CharSequence ACCEL_BUFFERING = name("x-accel-buffering");

  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence EVENT_STREAM =
      HttpHeaders.createOptimized("text/event-stream; charset=utf-8");
  static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  static final CharSequence NO = HttpHeaders.createOptimized("no");
  static final CharSequence TRAILERS =
      HttpHeaders.createOptimized(
          "X-Infermux-Cost, X-Infermux-Latency-Ms, X-Infermux-Prompt-Tokens,"
              + " X-Infermux-Completion-Tokens");
  static final CharSequence LATE_TRAILERS =
      HttpHeaders.createOptimized(
          TRAILERS
              + ", X-Infermux-Provider, X-Infermux-Model, X-Infermux-Strategy,"
              + " X-Infermux-Route-Group, X-Infermux-Model-Override, X-Infermux-Max-Tokens,"
              + " X-Infermux-Attempts, X-Infermux-Translated, X-Infermux-Dropped");

  private AnswerHeaders() {}

  private static CharSequence name(String name) {
    return HttpHeaders.createOptimized(name);
  }
}
