package dev.infermux.mock;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireRequest;
import dev.infermux.mock.http.WireStep;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * A request to one of the APIs of a mock.
 *
 * @param path without query, {@code /v1} and a slash at its end
 * @param seen what the mock remembers of it
 */
record ApiRequest(WireRequest wire, String path, Mock mock, MockRequest seen) {

  boolean isPost() {
    return wire.method().equals("POST");
  }

  byte[] body() {
    return wire.body().getBytes();
  }

  /** The value of a header in any case; empty = none. */
  String header(String name) {
    String value = wire.headers().get(name);
    return value == null ? "" : value;
  }

  /** Gives what the script says about the call that is read. */
  Iterator<WireStep> infer(AnswerForm form, Supplier<MockCall> reader) {
    if (!isPost()) {
      return wrongMethod(form, "POST");
    }
    MockCall call;
    try {
      call = reader.get();
    } catch (InferenceException e) {
      return refused(form, e.failure());
    }
    ResponsePlan plan = mock.score(call);
    seen.meets(plan);
    return new HttpAnswers(form).of(plan);
  }

  /** Gives this body, or what the script says about something else than calls. */
  Iterator<WireStep> show(AnswerForm form, Supplier<String> body) {
    if (!wire.method().equals("GET")) {
      return wrongMethod(form, "GET");
    }
    ResponsePlan plan = mock.health();
    seen.meets(plan);
    return new HttpAnswers(form).of(plan, body.get());
  }

  Iterator<WireStep> refused(AnswerForm form, Failure failure) {
    String param = failure.param();
    return error(form, MockError.refused(400, failure.message(), param == null ? "" : param));
  }

  Iterator<WireStep> wrongMethod(AnswerForm form, String allowed) {
    return WireAnswer.json(405, form.error(MockError.refused(405, "method: not " + allowed, "")))
        .header("allow", allowed)
        .steps();
  }

  Iterator<WireStep> error(AnswerForm form, MockError error) {
    return WireAnswer.json(error.status(), form.error(error)).steps();
  }
}
