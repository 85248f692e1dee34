package dev.infermux.ledger.report;

import java.util.List;

/** By what a month's spend is split. */
public enum Dimension {
  CALLER("callers"),
  MODEL("models"),
  PROVIDER("providers"),
  GROUP("groups"),
  PROJECT("projects");

  static final List<Dimension> ALL = List.of(values());

  /** Its name in the state file. */
  final String key;

  Dimension(String key) {
    this.key = key;
  }

  String nameIn(LedgerEntry ledgerEntry) {
    return switch (this) {
      case CALLER -> ledgerEntry.caller();
      case MODEL -> ledgerEntry.entry().model();
      case PROVIDER -> ledgerEntry.entry().provider();
      case GROUP -> ledgerEntry.entry().group();
      case PROJECT -> ledgerEntry.entry().project();
    };
  }
}
