package dev.infermux.simulation;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Secret;
import dev.infermux.policy.circuit.CircuitScope;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.testing.VirtualTime;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the first provider says of one model, its account or a caller's key in an hour in which a
 * quarter of the calls is for that model, and one in ten comes with that key.
 */
enum FactHour implements ProviderFacts {
  NOTHING("nothing"),
  LIMITED("429 with a time for `n`, beyond 30 a minute"),
  LIMITED_WITHOUT_A_TIME("429 without a time for `n`"),
  UNKNOWN("404 for `n`"),
  SPENT("402 for five minutes"),
  CALLERS_KEY("429 with an hour to one caller's own key"),
  BROKEN_MODEL("500 for `n`, a circuit for the provider"),
  BROKEN_MODEL_ALONE("500 for `n`, a circuit for each model");

  private static final long SEED = 20_260_102;
  private static final Secret LIMITED_KEY = Secret.of("sk-limited");
  private static final Secret GOOD_KEY = Secret.of("sk-good");
  private static final int MINUTE_MILLIS = 60_000;

  private final String title;

  FactHour(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** One hour; the same calls at the same moments for each. */
  Tally run() {
    return new Hour().tally();
  }

  @Override
  public @Nullable Failure said(String provider, Attempt attempt, Duration moment) {
    if (!provider.equals(Fleet.PRIMARY)) {
      return null;
    }
    boolean other = attempt.model().equals(Fleet.OTHER);
    return switch (this) {
      case NOTHING, LIMITED -> null;
      case LIMITED_WITHOUT_A_TIME -> other ? failed(FailureClass.RATE_LIMITED, 429, null) : null;
      case UNKNOWN -> other ? failed(FailureClass.NOT_FOUND, 404, null) : null;
      case SPENT ->
          moment.toMinutes() >= 40 && moment.toMinutes() < 45
              ? failed(FailureClass.QUOTA, 402, null)
              : null;
      case CALLERS_KEY ->
          LIMITED_KEY.equals(attempt.call().credential())
              ? failed(FailureClass.RATE_LIMITED, 429, Duration.ofHours(1))
              : null;
      case BROKEN_MODEL, BROKEN_MODEL_ALONE ->
          other ? failed(FailureClass.SERVER_ERROR, 500, null) : null;
    };
  }

  private static Failure failed(FailureClass kind, int status, @Nullable Duration wait) {
    return new Failure.UpstreamError(kind, status, "said so", wait);
  }

  private Setup setup() {
    Setup priority = Setup.of(RoutingStrategy.PRIORITY);
    CircuitScope scope = this == BROKEN_MODEL_ALONE ? CircuitScope.MODEL : CircuitScope.PROVIDER;
    return new Setup(
        title, priority.routing(), priority.circuit().withScope(scope), priority.budgets());
  }

  /** The traffic of one hour. */
  private final class Hour {

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom traffic = new SplittableRandom(SEED);
    private final SimulatedRouter router =
        new SimulatedRouter(
            time, setup(), new SplittableRandom(SEED + 1), new MinuteLimit(FactHour.this));

    Tally tally() {
      nextCall();
      time.pass(Simulation.LENGTH.plusMinutes(1));
      return router.tally();
    }

    private void nextCall() {
      double seconds = -StrictMath.log(1 - traffic.nextDouble()) / Simulation.CALLS_PER_SECOND;
      String model = traffic.nextInt(4) == 0 ? Fleet.OTHER : Fleet.MODEL;
      Secret key = traffic.nextInt(10) == 0 ? LIMITED_KEY : GOOD_KEY;
      Duration wait = Duration.ofNanos((long) (seconds * 1e9));
      if (time.elapsed().plus(wait).compareTo(Simulation.LENGTH) < 0) {
        time.after(
            wait,
            () -> {
              router.call(model, FactHour.this == CALLERS_KEY ? key : null, 1_000, 300);
              nextCall();
            });
      }
    }
  }

  /** Adds the limit of a model, which counts. */
  private static final class MinuteLimit implements ProviderFacts {

    private static final int MOST = 30;

    private final FactHour hour;
    private long minute;
    private int calls;

    MinuteLimit(FactHour hour) {
      this.hour = hour;
    }

    @Override
    public @Nullable Failure said(String provider, Attempt attempt, Duration moment) {
      if (hour != LIMITED
          || !provider.equals(Fleet.PRIMARY)
          || !attempt.model().equals(Fleet.OTHER)) {
        return hour.said(provider, attempt, moment);
      }
      long now = moment.toMillis() / MINUTE_MILLIS;
      calls = now == minute ? calls + 1 : 1;
      minute = now;
      Duration rest = Duration.ofMillis(MINUTE_MILLIS - moment.toMillis() % MINUTE_MILLIS);
      return calls > MOST ? failed(FailureClass.RATE_LIMITED, 429, rest) : null;
    }
  }
}
