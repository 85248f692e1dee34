package dev.infermux.keys;

import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inbound.auth.IssuedKeys;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The keys that were made while the gateway runs. Safe on any thread; changes block. */
public final class VirtualKeys implements IssuedKeys {

  private final KeyFile file;
  private final RandomGenerator random;
  private final InstantSource clock;
  private List<VirtualKey> own;
  private volatile Map<String, VirtualKey> shared = Map.of();
  private volatile Map<String, VirtualKey> byDigest = Map.of();

  /**
   * With those of the file; blocks while it reads them.
   *
   * @param file where they survive a restart; null = nowhere
   * @throws IllegalArgumentException when the file is of another kind
   */
  public VirtualKeys(@Nullable Path file, RandomGenerator random, InstantSource clock) {
    this.file = new KeyFile(file);
    this.random = random;
    this.clock = clock;
    this.own = this.file.read();
    index();
  }

  /** Makes a key of this node. */
  public synchronized IssuedKey create(KeyRequest terms) throws IOException {
    IssuedKey issued = issue(terms);
    List<VirtualKey> next = new ArrayList<>(own);
    next.add(issued.key());
    file.write(next);
    own = next;
    index();
    return issued;
  }

  /** Makes a key that is not in force yet. */
  public IssuedKey issue(KeyRequest terms) {
    String token = KeyToken.fresh(random);
    String digest = KeyToken.digest(token);
    VirtualKey key =
        new VirtualKey(
            "key_" + digest.substring(0, 16),
            digest,
            token.substring(token.length() - 4),
            clock.instant(),
            terms);
    return new IssuedKey(key, Secret.of(token));
  }

  /** Ends a key of this node; empty when it has none of this id. */
  public synchronized Optional<VirtualKey> revoke(String id) throws IOException {
    Optional<VirtualKey> found = own.stream().filter(key -> key.id().equals(id)).findFirst();
    if (found.isPresent()) {
      List<VirtualKey> next = own.stream().filter(key -> !key.id().equals(id)).toList();
      file.write(next);
      own = next;
      index();
    }
    return found;
  }

  /** Puts the keys of all nodes in force, beside those of this one. */
  public synchronized void replaceShared(List<VirtualKey> keys) {
    Map<String, VirtualKey> next = new LinkedHashMap<>();
    keys.forEach(key -> next.put(key.id(), key));
    shared = next;
    index();
  }

  /** The key of all nodes that has this id. */
  public Optional<VirtualKey> shared(String id) {
    return Optional.ofNullable(shared.get(id));
  }

  /** The keys of all nodes. */
  public List<VirtualKey> allShared() {
    return List.copyOf(shared.values());
  }

  /** How many keys are this node's alone. */
  public synchronized int ownCount() {
    return own.size();
  }

  /** The oldest first. */
  public List<VirtualKey> all() {
    return List.copyOf(byDigest.values());
  }

  /** By caller. */
  public Map<String, CallerBudget> budgets() {
    return byCaller(KeyRequest::budget);
  }

  /** By caller. */
  public Map<String, CallerLimitOptions> limits() {
    return byCaller(KeyRequest::limits);
  }

  @Override
  public @Nullable Caller admit(String token) {
    if (!token.startsWith(KeyToken.PREFIX)) {
      return null;
    }
    VirtualKey key = byDigest.get(KeyToken.digest(token));
    if (key == null) {
      throw refused("unknown or revoked key (expected: Bearer and a key that is in force)");
    }
    KeyRequest terms = key.terms();
    if (key.expired(clock.instant())) {
      throw refused(
          "the key " + key.id() + " expired at " + terms.expiresAt() + " (expected: a new key)");
    }
    return new Caller(
        new Attribution(terms.caller(), terms.project(), terms.env()), null, terms.models());
  }

  private <T> Map<String, T> byCaller(Function<KeyRequest, @Nullable T> part) {
    Map<String, T> found = new LinkedHashMap<>();
    for (VirtualKey key : byDigest.values()) {
      T own = part.apply(key.terms());
      if (own != null) {
        found.putIfAbsent(key.terms().caller(), own);
      }
    }
    return found;
  }

  private void index() {
    Map<String, VirtualKey> next = new LinkedHashMap<>();
    own.forEach(key -> next.put(key.digest(), key));
    shared.values().forEach(key -> next.put(key.digest(), key));
    byDigest = next;
  }

  private static InferenceException refused(String what) {
    return new InferenceException(new Failure.InvalidApiKey("Authorization: " + what));
  }
}
