package dev.infermux.assembly;

import dev.infermux.inbound.auth.CallerKey;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import dev.infermux.policy.ratelimit.CallerLimits;
import dev.infermux.time.Ticker;
import java.util.HashMap;
import java.util.Map;

/** What callers may ask for: each of them, and those whose keys say otherwise. */
record LimitsOfCallers(CallerLimitOptions each, Map<String, CallerLimitOptions> named) {

  /**
   * @param issued those of callers whose keys are not in the configuration
   */
  static LimitsOfCallers of(HttpOptions http, Map<String, CallerLimitOptions> issued) {
    Map<String, CallerLimitOptions> named = new HashMap<>(issued);
    for (CallerKey key : http.auth().keys()) {
      CallerLimitOptions own = key.limits();
      if (own != null) {
        named.put(key.caller(), own);
      }
    }
    return new LimitsOfCallers(http.limits().perCaller(), named);
  }

  CallerLimits begin(Ticker ticker) {
    return new CallerLimits(each, named, ticker);
  }

  void putInForce(CallerLimits limits) {
    limits.replace(each, named);
  }
}
