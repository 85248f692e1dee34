package dev.infermux.prices;

/** Something in a price list that cannot be used: where, what was found, what is allowed. */
final class BadPriceRow extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadPriceRow(String where, String found, String allowed) {
    super((where.isEmpty() ? "" : where + ": ") + found + " (expected: " + allowed + ")");
  }
}
