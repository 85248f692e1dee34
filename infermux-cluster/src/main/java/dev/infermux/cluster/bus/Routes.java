package dev.infermux.cluster.bus;

import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses whose routes the event bus keeps, so that it can be made to forget them all: it
 * then asks for each anew when the next message goes there. Safe on any thread.
 */
final class Routes implements RegistrationListener {

  private final RegistrationListener bus;
  private final Set<String> kept = ConcurrentHashMap.newKeySet();

  Routes(RegistrationListener bus) {
    this.bus = bus;
  }

  /** The bus has asked who listens there. */
  void asked(String address) {
    if (!bus.wantsUpdatesFor(address)) {
      kept.remove(address);
    }
    // Looked at after that: it may have been asked for meanwhile.
    if (bus.wantsUpdatesFor(address)) {
      kept.add(address);
    }
  }

  @Override
  public void registrationsUpdated(RegistrationUpdateEvent event) {
    bus.registrationsUpdated(event);
    asked(event.address());
  }

  @Override
  public boolean wantsUpdatesFor(String address) {
    return bus.wantsUpdatesFor(address);
  }

  /** That nobody listens there is what makes the bus forget a route. */
  @Override
  public void registrationsLost() {
    bus.registrationsLost();
    for (String address : kept) {
      bus.registrationsUpdated(new RegistrationUpdateEvent(address, List.of()));
      asked(address);
    }
  }
}
