package dev.infermux.policy.circuit;

import dev.infermux.inference.Exclusion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The circuits of one provider: one for all its models, or one for each, as its options say. Names
 * of models come from callers, so that only some have a circuit of their own: what is over that
 * shares one. Safe on any thread.
 */
public final class ProviderCircuits {

  private static final int MOST_MODELS = 128;

  /** The longest wait, which has the most to tell, comes first. */
  private static final Comparator<CircuitView> WORST =
      Comparator.comparingInt(ProviderCircuits::rank).thenComparingInt(CircuitView::samples);

  private final CircuitBreakers breakers;
  private final String provider;
  private final CircuitOptions options;
  private final CircuitBreaker shared;
  private final Map<String, CircuitBreaker> models = new ConcurrentHashMap<>();

  /** When it was opened by hand; what models come later are opened too until then. */
  private volatile @Nullable Instant openedAt;

  /** Makes one in which all circuits are closed. */
  public ProviderCircuits(CircuitBreakers breakers, String provider, CircuitOptions options) {
    this.breakers = breakers;
    this.provider = provider;
    this.options = options;
    this.shared = breakers.circuit(provider, options);
  }

  private boolean single() {
    return options.scope() == CircuitScope.PROVIDER;
  }

  /** The circuit that admits attempts at a model. */
  public CircuitBreaker of(String model) {
    if (single()) {
      return shared;
    }
    CircuitBreaker known = models.get(model);
    return known != null ? known : made(model);
  }

  /** Why an attempt at a model would be refused now; null when it would be admitted. */
  public @Nullable Exclusion exclusion(String model) {
    if (single()) {
      return shared.exclusion();
    }
    CircuitBreaker known = models.get(model);
    if (known != null) {
      return known.exclusion();
    } else if (openedByHand() != null) {
      return Exclusion.CIRCUIT_OPEN;
    }
    return models.size() < MOST_MODELS ? null : shared.exclusion();
  }

  /** Whether no attempt at any model would be admitted before a wait is over. */
  public boolean allOpen() {
    return openedByHand() != null
        || all().stream().allMatch(circuit -> circuit.exclusion() == Exclusion.CIRCUIT_OPEN);
  }

  /** How the provider stands: as the one of its circuits that is worst. */
  public CircuitView view() {
    CircuitView worst = all().stream().map(CircuitBreaker::view).max(WORST).orElseGet(shared::view);
    Instant byHand = openedByHand();
    return byHand == null || worst.state() == CircuitState.OPEN
        ? worst
        : new CircuitView(CircuitState.OPEN, 0, 0, 0, byHand, byHand.plus(options.recoveryWait(0)));
  }

  /** The circuits of single models that are not closed, by model; empty where there is one. */
  public Map<String, CircuitView> modelsNotClosed() {
    Map<String, CircuitView> views = new TreeMap<>();
    models.forEach(
        (model, circuit) -> {
          CircuitView view = circuit.view();
          if (view.state() != CircuitState.CLOSED) {
            views.put(model, view);
          }
        });
    return Collections.unmodifiableMap(views);
  }

  /** {@link CircuitBreaker#open} for all of them, and for what models come in that time. */
  public void open() {
    if (!single()) {
      openedAt = breakers.clock().instant();
    }
    all().forEach(CircuitBreaker::open);
  }

  /** {@link CircuitBreaker#close} for all of them. */
  public void close() {
    openedAt = null;
    all().forEach(CircuitBreaker::close);
  }

  /** {@link CircuitBreaker#reset} for all of them. */
  public void reset() {
    openedAt = null;
    all().forEach(CircuitBreaker::reset);
  }

  /**
   * {@link CircuitBreaker#alert} for the one that another node has opened; a model that is not
   * called here is none.
   *
   * @param model empty where the circuit is that of the provider
   */
  public void alert(String model) {
    CircuitBreaker circuit = single() || model.isEmpty() ? shared : models.get(model);
    if (circuit != null) {
      circuit.alert();
    }
  }

  /** Those that attempts go through. */
  private List<CircuitBreaker> all() {
    List<CircuitBreaker> all = new ArrayList<>(models.values());
    if (all.isEmpty() || all.size() >= MOST_MODELS) {
      all.add(shared);
    }
    return all;
  }

  private CircuitBreaker made(String model) {
    if (models.size() >= MOST_MODELS) {
      models.values().removeIf(ProviderCircuits::unused);
    }
    if (models.size() >= MOST_MODELS) {
      return shared;
    }
    CircuitBreaker made =
        models.computeIfAbsent(model, name -> breakers.circuit(provider, name, options));
    if (openedByHand() != null) {
      made.open();
    }
    return made;
  }

  /**
   * Nothing is known of a model that nobody serves: its attempts say nothing about the provider.
   */
  private static boolean unused(CircuitBreaker circuit) {
    CircuitView view = circuit.view();
    return view.state() == CircuitState.CLOSED && view.samples() == 0;
  }

  private @Nullable Instant openedByHand() {
    Instant since = openedAt;
    return since != null && breakers.clock().instant().isBefore(since.plus(options.recoveryWait(0)))
        ? since
        : null;
  }

  private static int rank(CircuitView view) {
    return switch (view.state()) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }
}
