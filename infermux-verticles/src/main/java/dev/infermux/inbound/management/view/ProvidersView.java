package dev.infermux.inbound.management.view;

import java.util.List;
import java.util.Optional;

/** The providers as they stand, and their circuits, which may be turned by hand. */
public interface ProvidersView {

  /** In declared order. */
  List<ProviderStatus> all();

  Optional<ProviderStatus> named(String provider);

  /** Turns a provider's circuit by hand; empty when there is no such provider. */
  Optional<ProviderStatus> turn(String provider, CircuitAction action);
}
