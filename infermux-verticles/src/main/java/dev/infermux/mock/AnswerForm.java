package dev.infermux.mock;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** How one API writes what a plan says. Stateless. */
interface AnswerForm extends ErrorForm {

  /** The media type of a stream. */
  String mediaType();

  /** What the API says in headers of every answer. */
  Map<String, String> headers(ResponsePlan plan);

  /** Writes one stream. */
  StepForm stream(ResponsePlan plan);

  /** A whole answer. */
  String body(ResponsePlan plan);

  /** The bytes of a whole answer. */
  default Buffer bytes(ResponsePlan plan) {
    return Buffer.buffer(body(plan));
  }

  /** The media type of a whole answer. */
  default String wholeType() {
    return FixedAnswer.JSON;
  }

  /** An error in a 200 that is not a stream. */
  default String failed(ResponsePlan plan) {
    return error(plan.error());
  }

  /** The beginning of a body that was cut off: what a broken server sends. */
  String torn();
}
