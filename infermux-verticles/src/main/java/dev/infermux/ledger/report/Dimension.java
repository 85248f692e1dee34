package dev.infermux.ledger.report;

/** By what a month's spend is split. */
public enum Dimension {
  CALLER("callers"),
  MODEL("models"),
  PROVIDER("providers"),
  GROUP("groups"),
  PROJECT("projects");

  /** Its name in the state file. */
  final String key;

  Dimension(String key) {
    this.key = key;
  }

  String nameIn(Line line) {
    return switch (this) {
      case CALLER -> line.caller();
      case MODEL -> line.entry().model();
      case PROVIDER -> line.entry().provider();
      case GROUP -> line.entry().group();
      case PROJECT -> line.entry().project();
    };
  }
}
