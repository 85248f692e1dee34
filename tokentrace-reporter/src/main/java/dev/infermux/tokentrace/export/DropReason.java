package dev.infermux.tokentrace.export;

import java.util.Locale;

/** Why a finished span was not exported. */
public enum DropReason {
  /** More spans ended than the exporter's thread could take. */
  QUEUE_FULL,
  /** The export is behind: its collector is slower than the spans come, or away. */
  BACKLOG_FULL,
  /** The collector refused it, and would again. */
  REJECTED,
  /** The collector could not be reached, however often it was tried. */
  UNREACHABLE,
  /** Its facts could not be read. */
  INVALID,
  /** It ended, or was still waiting, when the reporter closed. */
  CLOSED;

  /** As a metric's label: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
