package dev.infermux.inference;

/** How far a cost can be trusted. */
public enum CostStatus {
  /** Tokens reported, price known. */
  EXACT("exact"),
  /** Tokens guessed, price known. */
  ESTIMATED("estimated"),
  /** No price is known; the cost is zero and says so. */
  UNPRICED("unpriced");

  private final String wireName;

  CostStatus(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
