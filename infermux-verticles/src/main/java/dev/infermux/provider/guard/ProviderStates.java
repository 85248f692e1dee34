package dev.infermux.provider.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The standings of all providers in declared order. Immutable; what it holds moves. */
public final class ProviderStates {

  private final List<ProviderState> all;
  private final Map<String, ProviderState> byName;

  public ProviderStates(List<ProviderState> all) {
    this.all = List.copyOf(all);
    this.byName =
        all.stream()
            .collect(Collectors.toUnmodifiableMap(ProviderState::provider, Function.identity()));
  }

  public List<ProviderState> all() {
    return all;
  }

  public Optional<ProviderState> of(String provider) {
    return Optional.ofNullable(byName.get(provider));
  }
}
