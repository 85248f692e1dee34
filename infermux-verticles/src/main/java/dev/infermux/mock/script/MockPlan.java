package dev.infermux.mock.script;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Behaviours one after the other: for a number of requests or for a time each. After the last one
 * the plan begins again if it repeats; else its last behaviour stays.
 */
public record MockPlan(List<Step> steps, boolean repeats) {

  /** The last step of a plan that begins again. */
  public static final String REPEAT = "repeat";

  /** Correct answers for ever. */
  public static final MockPlan OK = always(MockBehaviour.ok());

  public MockPlan {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new MockSyntaxException("no step", "at least one behaviour");
    }
  }

  /**
   * Reads steps joined by commas, such as {@code ok x10, status-429} or {@code ok 10s, 503 5s,
   * repeat}.
   *
   * @throws MockSyntaxException with what is wrong and what would not be
   */
  public static MockPlan parse(String text) {
    return PlanText.parse(Quotes.split(text, ','));
  }

  /** Reads steps that already stand apart; the last one may be {@code repeat}. */
  public static MockPlan parse(List<String> steps) {
    return PlanText.parse(steps);
  }

  /** One behaviour for ever. */
  public static MockPlan always(MockBehaviour behaviour) {
    return new MockPlan(List.of(new Step(behaviour, 1, null)), false);
  }

  /** The same plan of behaviours that have been changed. */
  public MockPlan each(UnaryOperator<MockBehaviour> change) {
    return new MockPlan(
        steps.stream()
            .map(step -> new Step(change.apply(step.behaviour()), step.times(), step.lasts()))
            .toList(),
        repeats);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String text = steps.stream().map(Step::toString).collect(Collectors.joining(", "));
    return repeats ? text + ", " + REPEAT : text;
  }

  /**
   * A behaviour and how long it holds.
   *
   * @param times for how many requests; of no meaning where {@code lasts} is given
   * @param lasts for how long; null = {@code times} decides
   */
  public record Step(MockBehaviour behaviour, int times, @Nullable Duration lasts) {

    @Override
    public String toString() {
      Duration time = lasts;
      String holds = time != null ? " " + Values.text(time) : times == 1 ? "" : " x" + times;
      return behaviour + holds;
    }
  }
}
