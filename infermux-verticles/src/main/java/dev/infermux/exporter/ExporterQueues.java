package dev.infermux.exporter;

import dev.infermux.memory.BufferedBytes;
import dev.infermux.vertx.WaitingRoom;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * What may wait for exporters that are slower than the events.
 *
 * @param addresses where events are published
 * @param most events that wait for each consumer of an exporter
 * @param account where they take room
 * @param lost counts those that are lost
 */
public record ExporterQueues(
    Set<String> addresses, IntSupplier most, BufferedBytes account, Runnable lost) {

  public ExporterQueues {
    addresses = Set.copyOf(addresses);
  }

  WaitingRoom of(ExporterOptions exporter) {
    return new WaitingRoom(addresses, most, account, new ExporterLosses(exporter, most, lost));
  }
}
