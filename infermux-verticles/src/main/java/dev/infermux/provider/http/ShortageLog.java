package dev.infermux.provider.http;

import dev.infermux.time.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line what the gateway's host lacks, once in ten seconds. One event loop. */
final class ShortageLog {

  private static final Logger LOG = LoggerFactory.getLogger(ShortageLog.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Ticker ticker;
  private long told;
  private long untold;

  ShortageLog(Ticker ticker) {
    this.ticker = ticker;
    this.told = ticker.nanos() - PAUSE_NANOS;
  }

  void tell(String message) {
    if (ticker.nanos() - told < PAUSE_NANOS) {
      untold++;
      return;
    }
    told = ticker.nanos();
    LOG.warn("{} (told once in 10 s; {} others before)", message, untold);
    untold = 0;
  }
}
