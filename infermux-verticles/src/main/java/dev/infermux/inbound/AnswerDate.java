package dev.infermux.inbound;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} of answers, written once for all that begin in one second. One thread. */
final class AnswerDate {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private long epochSecond = Long.MIN_VALUE;
  private CharSequence text = "";

  AnswerDate(InstantSource clock) {
    this.clock = clock;
  }

  /** That of an answer which begins now. */
  CharSequence now() {
    Instant now = clock.instant();
    if (now.getEpochSecond() != epochSecond) {
      epochSecond = now.getEpochSecond();
      text = HttpHeaders.createOptimized(FORMAT.format(now));
    }
    return text;
  }
}
