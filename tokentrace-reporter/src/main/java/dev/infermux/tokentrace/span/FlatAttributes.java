package dev.infermux.tokentrace.span;

/**
 * Takes the attributes of a TokenTrace span: unprefixed names, numbers as JSON numbers. A later
 * value replaces an earlier one of the same name; empty strings are left out.
 */
public interface FlatAttributes {

  FlatAttributes put(String name, String value);

  FlatAttributes put(String name, long value);

  FlatAttributes put(String name, double value);

  FlatAttributes put(String name, boolean value);

  /**
   * Marks the span as the one that carries a request's usage, which TokenTrace sums up: {@code
   * tokens_in}, {@code tokens_out} and {@code cost_usd}. One span of a trace may, or its tokens are
   * counted twice.
   */
  default FlatAttributes usage(long tokensIn, long tokensOut, double costUsd) {
    return put("tokens_in", tokensIn).put("tokens_out", tokensOut).put("cost_usd", costUsd);
  }
}
