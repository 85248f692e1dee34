package dev.infermux.mock;

import java.util.Map;

/** What one API has beside the chats that its dialect writes: headers, errors and broken pieces. */
interface ApiShape extends ErrorForm {

  String mediaType();

  /** What the API says in headers of every answer. */
  Map<String, String> headers(ResponsePlan plan);

  /** An error inside a stream of which so many frames have come. */
  String frame(MockError error, ResponsePlan plan, int frames);

  /** An error in a 200 that is not a stream. */
  default String failed(MockError error, ResponsePlan plan) {
    return error(error);
  }

  /** What a stream says once it has begun; empty = nothing. */
  default String begun() {
    return "";
  }

  /** The beginning of a body that was cut off. */
  String torn();

  /** A frame that is no JSON. */
  String noise();

  /** Whether reasoning is signed. */
  boolean signs();
}
