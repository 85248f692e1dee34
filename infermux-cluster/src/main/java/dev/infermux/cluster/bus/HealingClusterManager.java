package dev.infermux.cluster.bus;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says again what listens here, some seconds after nodes came or went: after a cut and a merge the
 * others remember of an address what they knew in between, until something changes there. So one
 * more listener is told of and taken back, which nobody is sent anything for.
 */
final class HealingClusterManager extends HazelcastClusterManager {

  private static final List<Duration> AFTER =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30));

  /** Of no listener. */
  private static final long NOBODY = Long.MAX_VALUE;

  /** How many listeners of this node others may send to, by address. */
  private final Map<String, Integer> listeners = new ConcurrentHashMap<>();

  private volatile @Nullable Vertx vertx;

  HealingClusterManager(Config config) {
    super(config);
  }

  @Override
  public void init(Vertx vertx) {
    super.init(vertx);
    this.vertx = vertx;
  }

  @Override
  public void addRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
    if (!info.localOnly()) {
      listeners.merge(address, 1, Integer::sum);
    }
    super.addRegistration(address, info, promise);
  }

  @Override
  public void removeRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
    if (!info.localOnly()) {
      listeners.computeIfPresent(address, (known, count) -> count > 1 ? count - 1 : null);
    }
    super.removeRegistration(address, info, promise);
  }

  @Override
  public synchronized void memberAdded(MembershipEvent event) {
    super.memberAdded(event);
    changed();
  }

  @Override
  public synchronized void memberRemoved(MembershipEvent event) {
    super.memberRemoved(event);
    changed();
  }

  @Override
  public synchronized void stateChanged(LifecycleEvent event) {
    super.stateChanged(event);
    if (event.getState() == LifecycleState.MERGED) {
      changed();
    }
  }

  private void changed() {
    Vertx own = vertx;
    if (own != null && isActive()) {
      for (Duration delay : AFTER) {
        own.setTimer(
            delay.toMillis(), due -> own.executeBlocking(this::again).onSuccess(told -> remind()));
      }
    }
  }

  /** What the manager does after a merge: its own node, and all that listens here. */
  private boolean again() {
    super.stateChanged(new LifecycleEvent(LifecycleState.MERGED));
    return true;
  }

  private void remind() {
    if (!isActive()) {
      return;
    }
    RegistrationInfo nobody = new RegistrationInfo(getNodeId(), NOBODY, false);
    for (String address : listeners.keySet()) {
      Promise<Void> added = Promise.promise();
      super.addRegistration(address, nobody, added);
      added.future().compose(told -> withdrawn(address, nobody));
    }
  }

  private Future<Void> withdrawn(String address, RegistrationInfo nobody) {
    Promise<Void> removed = Promise.promise();
    super.removeRegistration(address, nobody, removed);
    return removed.future();
  }
}
