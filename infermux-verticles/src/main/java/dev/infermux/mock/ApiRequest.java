package dev.infermux.mock;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireRequest;
import dev.infermux.mock.http.WireStep;
import java.util.Iterator;
import java.util.function.Consumer;
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

  /**
   * What is asked.
   *
   * @param form that its answer has
   */
  record Asked(MockCall call, AnswerForm form) {}

  /** Gives what the script says about the call that is read. */
  Iterator<WireStep> infer(ErrorForm errors, Supplier<Asked> reader) {
    return infer(errors, reader, plan -> {});
  }

  /** The same, and shows what is planned. */
  Iterator<WireStep> infer(ErrorForm errors, Supplier<Asked> reader, Consumer<Planned> observer) {
    if (!isPost()) {
      return wrongMethod(errors, "POST");
    }
    Asked asked;
    try {
      asked = reader.get();
    } catch (InferenceException e) {
      return refused(errors, e.failure());
    }
    ResponsePlan plan = mock.score(asked.call());
    seen.meets(plan);
    observer.accept(new Planned(plan, asked.form()));
    return new HttpAnswers(asked.form()).of(plan);
  }

  /** An answer that is about to be given. */
  record Planned(ResponsePlan plan, AnswerForm form) {}

  /** Gives this body, or what the script says about something else than calls. */
  Iterator<WireStep> show(AnswerForm form, Supplier<String> body) {
    if (!wire.method().equals("GET")) {
      return wrongMethod(form, "GET");
    }
    return planned(form, body);
  }

  /** Gives this body, or what the plan for health says. */
  Iterator<WireStep> planned(AnswerForm form, Supplier<String> body) {
    ResponsePlan plan = mock.health();
    seen.meets(plan);
    return new HttpAnswers(form).of(plan, body.get());
  }

  Iterator<WireStep> refused(ErrorForm form, Failure failure) {
    String param = failure.param();
    return error(form, MockError.refused(400, failure.message(), param == null ? "" : param));
  }

  Iterator<WireStep> wrongMethod(ErrorForm form, String allowed) {
    return WireAnswer.json(405, form.error(MockError.refused(405, "method: not " + allowed, "")))
        .header("allow", allowed)
        .steps();
  }

  Iterator<WireStep> error(ErrorForm form, MockError error) {
    return WireAnswer.json(error.status(), form.error(error)).steps();
  }
}
