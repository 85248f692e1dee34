package dev.infermux.policy.ratelimit;

import java.util.Map;

/** Which limits count for whom. */
record CallerTerms(CallerLimitOptions each, Map<String, CallerLimitOptions> named) {

  CallerTerms {
    named = Map.copyOf(named);
  }

  CallerLimitOptions of(String caller) {
    return named.getOrDefault(caller, each);
  }
}
