package dev.infermux.testing;

import java.math.BigDecimal;

/** Works out sums of products as one writes them down: {@code (1000-200)*2.50 + 50*10}. */
public final class Arithmetic {

  private final String text;
  private int at;

  private Arithmetic(String text) {
    this.text = text.replace(" ", "");
  }

  /** The exact value; knows decimals, {@code + - *} and brackets. */
  public static BigDecimal value(String text) {
    Arithmetic arithmetic = new Arithmetic(text);
    BigDecimal value = arithmetic.sum();
    if (arithmetic.at < arithmetic.text.length()) {
      throw new IllegalArgumentException(text + ": unexpected at " + arithmetic.at);
    }
    return value;
  }

  private BigDecimal sum() {
    BigDecimal value = product();
    while (has('+') || has('-')) {
      boolean minus = text.charAt(at++) == '-';
      BigDecimal next = product();
      value = minus ? value.subtract(next) : value.add(next);
    }
    return value;
  }

  private BigDecimal product() {
    BigDecimal value = factor();
    while (has('*')) {
      at++;
      value = value.multiply(factor());
    }
    return value;
  }

  private BigDecimal factor() {
    if (has('(')) {
      at++;
      BigDecimal value = sum();
      at++;
      return value;
    }
    int from = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || has('.'))) {
      at++;
    }
    return new BigDecimal(text.substring(from, at));
  }

  private boolean has(char c) {
    return at < text.length() && text.charAt(at) == c;
  }
}
