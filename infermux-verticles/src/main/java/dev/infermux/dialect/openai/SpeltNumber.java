package dev.infermux.dialect.openai;

/**
 * A number beyond what a double holds, or of so many digits that to convert it would cost more than
 * linear time: it keeps its spelling, and its other values are the nearest.
 */
final class SpeltNumber extends Number {

  private static final long serialVersionUID = 1L;

  private final String text;

  SpeltNumber(String text) {
    this.text = text;
  }

  @Override
  public int intValue() {
    return (int) doubleValue();
  }

  @Override
  public long longValue() {
    return (long) doubleValue();
  }

  @Override
  public float floatValue() {
    return (float) doubleValue();
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpeltNumber number && text.equals(number.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it is spelt in the request. */
  @Override
  public String toString() {
    return text;
  }
}
