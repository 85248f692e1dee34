package dev.infermux.cluster.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.time.Time;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What accounts are called between nodes: a keyed hash, so that nobody reads callers' names off the
 * bus. The budget's event loop has it.
 */
final class AccountHashes {

  private static final int BYTES = 16;

  /** Hashes that nobody here knows cost no more than this, however many of them come. */
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final SecretKeySpec key;
  private final Time time;
  private Supplier<Collection<String>> accounts = List::of;
  private final Map<String, String> hashes = new HashMap<>();
  private final Map<String, String> byHash = new HashMap<>();
  private boolean looked;
  private long lookedAt;

  AccountHashes(String cluster, Time time) {
    this.key = new SecretKeySpec(("infermux.nodes " + cluster).getBytes(UTF_8), "HmacSHA256");
    this.time = time;
  }

  /** Those that this node has a share of. */
  void of(Supplier<Collection<String>> known) {
    accounts = known;
  }

  String hash(String account) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] hash = mac.doFinal(("account " + account).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The account that is called so; null where this node has no share of it. */
  @Nullable String account(String hash) {
    String known = byHash.get(hash);
    long nanos = time.nanos();
    if (known == null && (!looked || nanos - lookedAt >= BETWEEN.toNanos())) {
      looked = true;
      lookedAt = nanos;
      Collection<String> now = accounts.get();
      hashes.keySet().retainAll(now);
      byHash.clear();
      now.forEach(each -> byHash.put(hashes.computeIfAbsent(each, this::hash), each));
      known = byHash.get(hash);
    }
    return known;
  }
}
