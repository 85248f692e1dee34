package dev.infermux.cluster.bus;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has every node read anew who listens where, and say again what listens at itself, some seconds
 * after nodes came or went: a cut and a merge leave both wrong otherwise, until something changes
 * at an address.
 *
 * <p>Listeners are in a multimap of Hazelcast; the event bus keeps the route of each address that
 * something was sent to, until the map tells of a change there. What goes wrong, by the sources of
 * vertx-core 5.0.12, vertx-hazelcast 5.0.10 and Hazelcast 5.3.8:
 *
 * <ul>
 *   <li>When two halves merge, what one of them has of an address goes into the other's multimap,
 *       or is left out, by an operation that tells no listener of entries that were added ({@code
 *       MergeOperation}). A node of the half that merges is told nothing of what the other half
 *       has.
 *   <li>After a merge the manager puts all registrations of its node again, which is an event where
 *       the map has them not. The nodes of a half merge one after another: one that is not back yet
 *       misses those of the others, and keeps routes of the time of the cut.
 *   <li>It does say that all routes are to be forgotten ({@code registrationsLost}); since Vert.x 5
 *       the event bus no longer heeds that ({@code DefaultNodeSelector} has no such method, where
 *       that of Vert.x 4 dropped all it had). {@link Routes} does.
 *   <li>A node has the same id before and after a merge, while its member of Hazelcast is another
 *       one. A node that learns of the old member's end late, after a short cut, deletes what the
 *       new one has registered, its address included; nobody but that node can say it again.
 * </ul>
 *
 * <p>Two nodes alone whose cut was long heal by those events. How long a merge takes is not known,
 * and its end is not told to those who were merged into: hence several times.
 */
final class HealingClusterManager extends HazelcastClusterManager {

  private static final List<Duration> AFTER =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30));

  private volatile @Nullable Vertx vertx;
  private volatile @Nullable Routes routes;

  HealingClusterManager(Config config) {
    super(config);
  }

  @Override
  public void init(Vertx vertx) {
    super.init(vertx);
    this.vertx = vertx;
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    Routes kept = new Routes(listener);
    routes = kept;
    super.registrationListener(kept);
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    Routes kept = routes;
    super.getRegistrations(
        address,
        (found, failure) -> {
          promise.complete(found, failure);
          if (kept != null) {
            kept.asked(address);
          }
        });
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
        own.setTimer(delay.toMillis(), due -> own.executeBlocking(this::again));
      }
    }
  }

  /**
   * What the manager does after a merge: puts this node's address and all that listens here, and
   * says that all routes are to be forgotten.
   */
  private boolean again() {
    super.stateChanged(new LifecycleEvent(LifecycleState.MERGED));
    return true;
  }
}
