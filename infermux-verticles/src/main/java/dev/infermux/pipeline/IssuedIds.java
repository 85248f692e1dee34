package dev.infermux.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which provider issued an id: the last ones of this process. Safe on any thread. */
public final class IssuedIds {

  private static final int MOST = 65_536;

  /** No provider's ids are longer; what is says nothing of its beginning either. */
  private static final int LONGEST = 256;

  private final Map<String, String> providers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  void remember(String id, String provider) {
    if (!id.isEmpty() && id.length() <= LONGEST) {
      synchronized (providers) {
        providers.put(id, provider);
      }
    }
  }

  /** The provider that issued it, or null where it is forgotten or of another gateway. */
  @Nullable String provider(String id) {
    synchronized (providers) {
      return providers.get(id);
    }
  }
}
