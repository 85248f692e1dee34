package dev.infermux.mock;

import java.util.Map;

/** How one API writes what a plan says. Stateless. */
interface AnswerForm {

  /** The media type of a stream. */
  String mediaType();

  /** What the API says in headers of every answer. */
  Map<String, String> headers(ResponsePlan plan);

  /** Writes one stream. */
  StepForm stream(ResponsePlan plan);

  /** A whole answer. */
  String body(ResponsePlan plan);

  /** The body of an answer whose status is that of the error. */
  String error(MockError error);

  /** The beginning of a body that was cut off: what a broken server sends. */
  String torn();
}
