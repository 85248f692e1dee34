package dev.infermux.mist.json;

import java.math.BigInteger;

/** Decodes single values, already known to be well formed, with strict types. */
final class Scalars {

  private Scalars() {}

  static void require(Slice slice, char first, String where, String expected) {
    if (slice.first() != first) {
      throw new JsonProblem(where, slice.kind(), expected);
    }
  }

  static String text(Slice slice, String where) {
    require(slice, '"', where, "a string");
    for (int i = slice.from() + 1; i < slice.to() - 1; i++) {
      if (slice.source()[i] == '\\') {
        return StrictJson.read(
            slice,
            where,
            parser -> {
              parser.nextToken();
              return parser.getText();
            });
      }
    }
    return new Slice(slice.source(), slice.from() + 1, slice.to() - 1).characters();
  }

  static long integer(Slice slice, String where, long min, long max) {
    String digits = requireNumber(slice, where, "an integer");
    if (!digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      throw new JsonProblem(where, JsonProblem.printable(digits), "an integer");
    }
    BigInteger value = new BigInteger(digits);
    if (value.compareTo(BigInteger.valueOf(min)) < 0
        || value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new JsonProblem(where, JsonProblem.printable(digits), min + " to " + max);
    }
    return value.longValue();
  }

  static double number(Slice slice, String where) {
    String digits = requireNumber(slice, where, "a number");
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw new JsonProblem(where, JsonProblem.printable(digits), "a double");
    }
    return value;
  }

  static boolean flag(Slice slice, String where) {
    if (slice.first() != 't' && slice.first() != 'f') {
      throw new JsonProblem(where, slice.kind(), "true or false");
    }
    return slice.first() == 't';
  }

  private static String requireNumber(Slice slice, String where, String expected) {
    char first = slice.first();
    if (first != '-' && (first < '0' || first > '9')) {
      throw new JsonProblem(where, slice.kind(), expected);
    }
    return slice.characters();
  }
}
