package dev.infermux.mist.json;

import java.math.BigDecimal;

/** A JSON number with a fraction or an exponent, which keeps the text it was written in. */
public final class JsonDecimal extends Number {

  private static final long serialVersionUID = 1L;

  private final String text;

  JsonDecimal(String text) {
    this.text = text;
  }

  /** The exact value; costly when the exponent is large, so do not scale it. */
  public BigDecimal exact() {
    return new BigDecimal(text);
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
    return Float.parseFloat(text);
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonDecimal decimal && text.equals(decimal.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The number as it stood in the JSON text. */
  @Override
  public String toString() {
    return text;
  }
}
