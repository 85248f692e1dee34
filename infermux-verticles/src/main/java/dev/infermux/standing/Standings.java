package dev.infermux.standing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The standings of all providers in declared order. Immutable; what it holds moves. */
public final class Standings {

  private final List<Standing> all;
  private final Map<String, Standing> byName;

  public Standings(List<Standing> all) {
    this.all = List.copyOf(all);
    this.byName =
        all.stream().collect(Collectors.toUnmodifiableMap(Standing::provider, Function.identity()));
  }

  public List<Standing> all() {
    return all;
  }

  public Optional<Standing> of(String provider) {
    return Optional.ofNullable(byName.get(provider));
  }
}
