package dev.infermux.exporter;

import dev.infermux.vertx.MessageLosses;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what one exporter was too slow for, and says it once until it has caught up. */
record ExporterLosses(ExporterOptions exporter, IntSupplier most, Runnable count)
    implements MessageLosses {

  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.exporters");

  @Override
  public void begin(String address) {
    LOG.warn(
        "{}: {} is too slow for {}: more than {} events wait, or there is no room for them;"
            + " those that come now are lost (limits.max_waiting_events)",
        exporter.origin(),
        exporter.className(),
        address,
        most.getAsInt());
  }

  @Override
  public void lost() {
    count.run();
  }

  @Override
  public void caughtUp(String address, long lost) {
    LOG.warn(
        "{}: {} has caught up at {}: it lost {} events",
        exporter.origin(),
        exporter.className(),
        address,
        lost);
  }
}
