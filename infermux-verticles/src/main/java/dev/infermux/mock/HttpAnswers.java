package dev.infermux.mock;

import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireStep;
import dev.infermux.mock.script.MockOutcome;
import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.How;
import dev.infermux.mock.script.MockOutcome.Refuses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a plan into what happens on a connection. */
final class HttpAnswers {

  private final AnswerForm form;

  HttpAnswers(AnswerForm form) {
    this.form = form;
  }

  Iterator<WireStep> of(ResponsePlan plan) {
    MockOutcome outcome = plan.behaviour().outcome();
    if (outcome instanceof Breaks breaks && breaks.beforeHead()) {
      return headless(plan.headWait(), end(breaks.how()));
    } else if (outcome instanceof Refuses refuses) {
      return refusal(plan, refuses).steps();
    } else if (plan.call().stream()) {
      return new StreamSteps(plan, form, headers(plan));
    }
    return whole(plan, outcome);
  }

  /** What a request for something else than inference gets: the body, or what goes wrong. */
  Iterator<WireStep> of(ResponsePlan plan, String body) {
    MockOutcome outcome = plan.behaviour().outcome();
    if (outcome instanceof MockOutcome.Answers) {
      return WireAnswer.json(200, body).headers(headers(plan)).after(plan.headWait()).steps();
    }
    return of(plan);
  }

  private Iterator<WireStep> whole(ResponsePlan plan, MockOutcome outcome) {
    if (outcome instanceof MockOutcome.Garbage) {
      return json(plan, form.torn()).steps();
    } else if (outcome instanceof Breaks breaks) {
      return breaks.how() == How.ERROR
          ? json(plan, form.failed(plan)).steps()
          : whole(plan).brokenBy(end(breaks.how()));
    }
    return whole(plan).steps();
  }

  private WireAnswer whole(ResponsePlan plan) {
    return WireAnswer.of(200, form.wholeType(), form.bytes(plan))
        .headers(headers(plan))
        .after(plan.wholeWait());
  }

  private WireAnswer json(ResponsePlan plan, String body) {
    return WireAnswer.json(200, body).headers(headers(plan)).after(plan.wholeWait());
  }

  private WireAnswer refusal(ResponsePlan plan, Refuses refuses) {
    WireAnswer answer =
        WireAnswer.json(refuses.status(), form.error(plan.error()))
            .headers(headers(plan))
            .after(plan.headWait());
    Duration wait = refuses.retryAfter();
    if (wait == null) {
      return answer;
    }
    // Whole seconds, as the header has them, for all clients; the milliseconds for those that read
    // them.
    return answer
        .header("retry-after", String.valueOf((wait.toMillis() + 999) / 1000))
        .header("retry-after-ms", String.valueOf(wait.toMillis()));
  }

  private static Iterator<WireStep> headless(Duration wait, WireStep end) {
    List<WireStep> steps = new ArrayList<>();
    if (!wait.isZero()) {
      steps.add(new WireStep.Wait(wait));
    }
    steps.add(end);
    return steps.iterator();
  }

  /** How a connection ends before its answer does. */
  static WireStep end(How how) {
    return switch (how) {
      case CUT -> new WireStep.Close();
      case RESET -> new WireStep.Reset();
      case SILENCE -> new WireStep.Silence();
      case ERROR -> throw new IllegalArgumentException("an error leaves the connection whole");
    };
  }

  private Map<String, String> headers(ResponsePlan plan) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.putAll(form.headers(plan));
    headers.put("x-mock-behaviour", printable(plan.behaviour().toString()));
    return headers;
  }

  static String printable(String text) {
    StringBuilder line = new StringBuilder();
    text.chars().limit(1_000).forEach(c -> line.append(c >= ' ' && c < 0x7F ? (char) c : '?'));
    return line.toString();
  }
}
