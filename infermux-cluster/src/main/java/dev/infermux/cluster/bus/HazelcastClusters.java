package dev.infermux.cluster.bus;

import dev.infermux.nodes.ClusterFactory;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.nodes.PrivateAddresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;

/** Joins a cluster of Hazelcast; loaded by its name. */
public final class HazelcastClusters implements ClusterFactory {

  @Override
  public Future<Vertx> join(VertxOptions own, ClusterOptions options) {
    try {
      InetAddress host = PrivateAddresses.own(options);
      VertxOptions bound = new VertxOptions(own).setEventBusOptions(BusOptions.of(options, host));
      return Vertx.builder()
          .with(bound)
          .withClusterManager(new HealingClusterManager(MemberConfig.of(options, host)))
          .buildClustered();
    } catch (IllegalArgumentException wrong) {
      return Future.failedFuture(wrong);
    }
  }

  @Override
  public boolean settled(ClusterManager manager) {
    return !(manager instanceof HazelcastClusterManager hazelcast)
        || hazelcast.getHazelcastInstance().getPartitionService().isClusterSafe();
  }

  @Override
  public Runnable watch(ClusterManager manager, Runnable changed) {
    return manager instanceof HazelcastClusterManager hazelcast
        ? MemberWatch.of(hazelcast.getHazelcastInstance().getCluster(), changed)
        : () -> {};
  }
}
