package dev.infermux.simulation;

import dev.infermux.inference.FailureClass;
import dev.infermux.policy.pricing.ModelPrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How a provider behaves.
 *
 * @param latency of a good answer, on average
 * @param usdPerMillionIn price of a million prompt tokens
 * @param usdPerMillionOut price of a million completion tokens
 * @param down whether no call has an answer at this moment of the hour
 * @param failure what a call meets then
 * @param perMinute calls it takes in a minute of the clock before it answers 429
 */
record Script(
    String name,
    Duration latency,
    double usdPerMillionIn,
    double usdPerMillionOut,
    Predicate<Duration> down,
    FailureClass failure,
    int perMinute) {

  static final int UNLIMITED = Integer.MAX_VALUE;

  static Script steady(String name, int millis, double usdPerMillionIn, double usdPerMillionOut) {
    return new Script(
        name,
        Duration.ofMillis(millis),
        usdPerMillionIn,
        usdPerMillionOut,
        moment -> false,
        FailureClass.SERVER_ERROR,
        UNLIMITED);
  }

  Script down(FailureClass failure, Predicate<Duration> down) {
    return new Script(name, latency, usdPerMillionIn, usdPerMillionOut, down, failure, perMinute);
  }

  Script limitedTo(int perMinute) {
    return new Script(name, latency, usdPerMillionIn, usdPerMillionOut, down, failure, perMinute);
  }

  ModelPrice price() {
    return new ModelPrice(
        BigDecimal.valueOf(usdPerMillionIn), BigDecimal.valueOf(usdPerMillionOut));
  }
}
