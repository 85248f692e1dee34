package dev.infermux.nodes.hints;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What providers are called between nodes: a keyed hash of name, type, address and credential. Two
 * nodes that would send the same call to the same place on the same account call it the same, and
 * no name says what the credential is. Safe on any thread.
 */
final class UpstreamKeys {

  private static final int BYTES = 16;

  private final Registry registry;
  private final SecretKeySpec key;
  private volatile @Nullable Known known;

  UpstreamKeys(Registry registry, String cluster) {
    this.registry = registry;
    this.key = new SecretKeySpec(("infermux.nodes " + cluster).getBytes(UTF_8), "HmacSHA256");
  }

  /** What there is now. */
  Known now() {
    ProviderSnapshot snapshot = registry.snapshot();
    Known last = known;
    if (last != null && last.snapshot == snapshot) {
      return last;
    }
    Known made = new Known(snapshot);
    known = made;
    return made;
  }

  /** The hash of a text under the cluster's name. */
  String hash(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)), 0, BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private String of(ProviderOptions options) {
    Secret credential = options.apiKey();
    String deployment = options.azureDeployment();
    return hash(
        String.join(
            "\n",
            options.name(),
            options.type().wireName(),
            options.baseUrl().toString(),
            deployment == null ? "" : deployment,
            credential == null ? "" : credential.reveal()));
  }

  /** The providers of one snapshot by what they are called. */
  final class Known {
    private final ProviderSnapshot snapshot;
    private final Map<String, ProviderState> states = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    private Known(ProviderSnapshot snapshot) {
      this.snapshot = snapshot;
      for (RegisteredProvider provider : snapshot.providers()) {
        String upstream = of(provider.options());
        names.put(provider.name(), upstream);
        states.put(upstream, snapshot.state(provider.name()).orElseThrow());
      }
    }

    /** The provider that is called so; null where there is none here. */
    @Nullable ProviderState state(String upstream) {
      return states.get(upstream);
    }

    /** What a provider is called; null where it is gone. */
    @Nullable String upstream(String provider) {
      return names.get(provider);
    }

    Map<String, ProviderState> states() {
      return states;
    }
  }
}
