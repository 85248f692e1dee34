package dev.infermux.exporter;

import dev.infermux.memory.BufferedBytes;
import dev.infermux.vertx.Publications;
import dev.infermux.vertx.WaitingRoom;
import java.util.function.IntSupplier;

/**
 * What may wait for exporters that are slower than the events.
 *
 * @param publications the events
 * @param most events that wait for each consumer of an exporter
 * @param account where they take room
 * @param lost counts those that are lost
 */
public record ExporterQueues(
    Publications publications, IntSupplier most, BufferedBytes account, Runnable lost) {

  WaitingRoom of(ExporterOptions exporter) {
    return new WaitingRoom(publications, most, account, new ExporterLosses(exporter, most, lost));
  }
}
