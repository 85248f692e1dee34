package dev.infermux.cli.migrate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * ImportedNumbers of another gateway's file, within the bounds of InferMux's; what is beyond is
 * none.
 */
final class ImportedNumbers {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(9_000_000_000L);
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(366L * 24 * 60 * 60);
  private static final int MOST_DIGITS = 40;

  private ImportedNumbers() {}

  /** A whole number above 0, at most {@link Integer#MAX_VALUE}. */
  static Optional<Integer> count(String text) {
    return number(text)
        .filter(one -> one.signum() > 0 && one.stripTrailingZeros().scale() <= 0)
        .filter(one -> one.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0)
        .map(BigDecimal::intValue);
  }

  /** Seconds as a duration, of 1 ms to 366 days. */
  static Optional<String> seconds(String text) {
    return number(text)
        .filter(one -> one.compareTo(MOST_SECONDS) <= 0)
        .map(one -> one.movePointRight(3).longValue())
        .filter(millis -> millis > 0)
        .map(millis -> millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms");
  }

  /** Dollars above 0. */
  static Optional<BigDecimal> usd(String text) {
    return number(text).flatMap(ImportedNumbers::money).filter(usd -> usd.signum() > 0);
  }

  /** The price of a token as that of a million, 0 for what is free. */
  static Optional<BigDecimal> perMillion(String text) {
    return number(text).map(MILLION::multiply).flatMap(ImportedNumbers::money);
  }

  private static Optional<BigDecimal> money(BigDecimal usd) {
    return Optional.of(usd.setScale(9, RoundingMode.HALF_UP).stripTrailingZeros())
        .filter(one -> one.signum() >= 0 && one.compareTo(MOST_USD) <= 0)
        .map(one -> one.scale() < 0 ? one.setScale(0) : one);
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      BigDecimal number = new BigDecimal(text.strip());
      boolean moderate =
          number.precision() <= MOST_DIGITS && Math.abs(number.scale()) <= MOST_DIGITS;
      return moderate ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
