package dev.infermux.mock.server;

import dev.infermux.mock.answer.MockScore;
import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireStep;
import dev.infermux.mock.script.MockFate;
import dev.infermux.mock.script.MockFate.Breaks;
import dev.infermux.mock.script.MockFate.How;
import dev.infermux.mock.script.MockFate.Refuses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a score into what happens on a connection. */
final class OpenAiAnswers {

  private static final String GARBAGE = "{\"id\":\"mock-garbage\",\"choices\":";

  private OpenAiAnswers() {}

  static Iterator<WireStep> of(MockScore score) {
    MockFate fate = score.behaviour().fate();
    if (fate instanceof Breaks breaks && breaks.beforeHead()) {
      return headless(score.headWait(), end(breaks.how()));
    } else if (fate instanceof Refuses refuses) {
      return refusal(score, refuses).steps();
    } else if (score.call().stream()) {
      return new StreamSteps(score, headers(score));
    }
    return whole(score, fate);
  }

  /** What a request for something else than inference gets: the body, or what goes wrong. */
  static Iterator<WireStep> of(MockScore score, String body) {
    MockFate fate = score.behaviour().fate();
    if (fate instanceof MockFate.Answers) {
      return WireAnswer.json(200, body).after(score.headWait()).steps();
    }
    return of(score);
  }

  private static Iterator<WireStep> whole(MockScore score, MockFate fate) {
    if (fate instanceof MockFate.Garbage) {
      return json(score, GARBAGE).steps();
    } else if (fate instanceof Breaks breaks) {
      return breaks.how() == How.ERROR
          ? json(score, score.errorBody()).steps()
          : json(score, score.body()).brokenBy(end(breaks.how()));
    }
    return json(score, score.body()).steps();
  }

  private static WireAnswer json(MockScore score, String body) {
    return WireAnswer.json(200, body).headers(headers(score)).after(score.wholeWait());
  }

  private static WireAnswer refusal(MockScore score, Refuses refuses) {
    WireAnswer answer =
        WireAnswer.json(refuses.status(), score.errorBody())
            .headers(headers(score))
            .after(score.headWait());
    Duration wait = refuses.retryAfter();
    if (wait == null) {
      return answer;
    }
    // Whole seconds, as the header has them, for all; the milliseconds for who reads them.
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

  private static Map<String, String> headers(MockScore score) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-request-id", "req_mock_" + score.number());
    headers.put("x-mock-behaviour", printable(score.behaviour().toString()));
    return headers;
  }

  private static String printable(String text) {
    StringBuilder line = new StringBuilder();
    text.chars().limit(1_000).forEach(c -> line.append(c >= ' ' && c < 0x7F ? (char) c : '?'));
    return line.toString();
  }
}
