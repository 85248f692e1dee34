package dev.infermux.mock.script;

import dev.infermux.mock.script.MockPlan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads plans. */
final class PlanText {

  private static final String STEP = "a behaviour, alone or with x3 or 10s behind it";
  private static final int MOST_TIMES = 1_000_000;

  private PlanText() {}

  static MockPlan parse(List<String> texts) {
    boolean repeats =
        !texts.isEmpty() && texts.get(texts.size() - 1).strip().equals(MockPlan.REPEAT);
    List<Step> steps = new ArrayList<>();
    for (String text : repeats ? texts.subList(0, texts.size() - 1) : texts) {
      steps.add(step(text.strip()));
    }
    return new MockPlan(steps, repeats);
  }

  private static Step step(String text) {
    List<String> words = Quotes.split(text, ' ').stream().filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty() || words.size() > 2) {
      throw new MockSyntaxException(Quotes.quoted(text), STEP);
    }
    MockBehaviour behaviour = MockBehaviour.parse(words.get(0));
    if (words.size() == 1) {
      return new Step(behaviour, 1, null);
    }
    String holds = words.get(1);
    if (holds.startsWith("x")) {
      return new Step(behaviour, Values.number(holds.substring(1), 1, MOST_TIMES), null);
    }
    if (!Values.isDuration(holds)) {
      throw new MockSyntaxException(Quotes.quoted(text), STEP);
    }
    Duration lasts = Values.duration(holds);
    if (lasts.isZero()) {
      throw new MockSyntaxException(Quotes.quoted(text), "a time above zero");
    }
    return new Step(behaviour, 1, lasts);
  }
}
