package dev.infermux.pipeline;

import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.MidStream;
import dev.infermux.policy.routing.Remedies;
import dev.infermux.policy.routing.RoutingOptions;

/**
 * What failed attempts are repaired by.
 *
 * @param mostProviders how many providers one call may try
 * @param continues whether a stream that was cut goes on elsewhere
 */
record FailoverRules(Remedies remedies, int mostProviders, boolean continues) {

  static FailoverRules of(RoutingOptions routing) {
    FailoverOptions failover = routing.failover();
    return new FailoverRules(
        new Remedies(routing.retry(), failover),
        failover.mostProviders(),
        failover.enabled() && failover.midStream() == MidStream.CONTINUE);
  }
}
