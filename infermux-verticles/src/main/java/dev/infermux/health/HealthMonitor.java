package dev.infermux.health;

import dev.infermux.inference.Cancellation;
import dev.infermux.policy.health.CheckJitter;
import dev.infermux.time.Timer;
import dev.infermux.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks one provider, waits, and checks again. The wait begins when a check has ended, so that no
 * two of them overlap. Only the health verticle's event loop touches it.
 */
final class HealthMonitor {

  private static final Duration SOON = Duration.ofSeconds(1);

  /** After so many intervals without a word of another node this one asks itself. */
  private static final int MOST_SILENT = 2;

  private final Timers timers;
  private final HealthTarget target;
  private final HealthProbe probe;
  private final HealthRecorder recorder;
  private final CheckJitter jitter;
  private final Promise<Void> firstEnded = Promise.promise();
  private @Nullable Cancellation running;

  /** For the end of the running check, or for the begin of the next one; never both. */
  private @Nullable Timer timer;

  private boolean stopped;
  private boolean checked;

  /** Checks in a row that have failed. */
  private int failures;

  /** Intervals that have passed since another node has told how the provider is. */
  private int silent;

  HealthMonitor(
      Timers timers,
      HealthTarget target,
      HealthProbe probe,
      HealthRecorder recorder,
      CheckJitter jitter) {
    this.timers = timers;
    this.target = target;
    this.probe = probe;
    this.recorder = recorder;
    this.jitter = jitter;
  }

  HealthTarget target() {
    return target;
  }

  /** Completes when the first check has ended, with any result. */
  Future<Void> start() {
    recorder.listen(target);
    check();
    return firstEnded.future();
  }

  /** Another node has checked it. A check that is running here goes on. */
  void told(Optional<String> reason) {
    silent = 0;
    if (checked && !stopped) {
      recorder.told(target, reason);
    }
  }

  /** Lets go of the running check and plans no other. */
  void stop() {
    stopped = true;
    disarm();
    Cancellation unfinished = running;
    running = null;
    if (unfinished != null) {
      unfinished.cancel();
    }
    firstEnded.tryComplete();
  }

  private void check() {
    if (failures > 1 && target.health().healthy()) {
      failures = 0; // An answer to a call has come in between.
    }
    if (target.health().healthy() && target.cooldowns().closed()) {
      // It has asked for silence, and that it did ask shows that it lives.
      await();
      return;
    }
    if (checked && !recorder.mine() && silent < MOST_SILENT) {
      silent++;
      failures = 0;
      await();
      return;
    }
    Cancellation check = new Cancellation();
    running = check;
    Duration limit = target.options().timeout();
    arm(limit, () -> late(check, limit));
    probe.reason(check).onSuccess(reason -> ended(check, reason)).onFailure(gone -> stop());
  }

  private void late(Cancellation check, Duration limit) {
    ended(check, Optional.of("no answer within " + text(limit)));
    check.cancel();
  }

  /** Comes twice for a check that is late. */
  private void ended(Cancellation check, Optional<String> reason) {
    if (running == check) {
      running = null;
      failures = reason.isPresent() ? failures + 1 : 0;
      if (counts()) {
        recorder.add(target, reason);
      }
      checked = true;
      await();
    }
  }

  /** One failure may be a blip, unless nothing better is known of the provider. */
  private boolean counts() {
    return failures != 1 || !checked || !target.health().healthy();
  }

  private void await() {
    firstEnded.tryComplete();
    arm(jitter.around(pause()), this::check);
  }

  /** After failures sooner than usual: 1, 2, 4 … seconds. */
  private Duration pause() {
    Duration interval = target.options().interval();
    if (failures == 0) {
      return interval;
    }
    Duration soon = SOON.multipliedBy(1L << Math.min(failures - 1, 20));
    return soon.compareTo(interval) < 0 ? soon : interval;
  }

  private void arm(Duration wait, Runnable then) {
    disarm();
    if (!stopped) {
      timer =
          timers.start(
              wait,
              () -> {
                timer = null;
                then.run();
              });
    }
  }

  private void disarm() {
    Timer armed = timer;
    timer = null;
    if (armed != null) {
      armed.cancel();
    }
  }

  private static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
