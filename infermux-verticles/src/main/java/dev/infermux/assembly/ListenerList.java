package dev.infermux.assembly;

import dev.infermux.inbound.Listener;
import dev.infermux.inbound.http.TlsOptions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of one InferMux that have started, of any kind. Safe on any thread. */
final class ListenerList {

  private final Cells cells;
  private final List<Listener> started = new CopyOnWriteArrayList<>();

  ListenerList(Cells cells) {
    this.cells = cells;
  }

  /** Starts them one after another, in this order; each ends with its cell. */
  Future<?> start(List<ListenerFactory> factories) {
    Future<?> all = Future.succeededFuture();
    for (ListenerFactory factory : factories) {
      for (Cell cell : factory.everyCell() ? cells.all() : List.of(cells.first())) {
        all = all.compose(before -> start(cell, factory.listener().apply(cell)));
      }
    }
    return all;
  }

  private Future<Void> start(Cell cell, Listener listener) {
    return cell.<Void>onLoop(() -> cell.add(listener).mapEmpty())
        .onSuccess(listening -> started.add(listener));
  }

  /** Has all of them present this certificate from now on. */
  Future<Void> certify(TlsOptions tls) {
    return Future.join(
            started.stream()
                .map(listener -> listener.certify(tls.certFile(), tls.keyFile()))
                .toList())
        .mapEmpty();
  }

  /** Accepts nothing new and waits for what is in flight, at most {@code grace}. */
  Future<Void> drain(Duration grace) {
    return Future.join(started.stream().map(listener -> listener.drain(grace)).toList()).mapEmpty();
  }

  /** The port that the listeners of this name have bound, if there are any. */
  OptionalInt port(String name) {
    return started.stream()
        .filter(listener -> listener.name().equals(name))
        .mapToInt(Listener::port)
        .findFirst();
  }
}
