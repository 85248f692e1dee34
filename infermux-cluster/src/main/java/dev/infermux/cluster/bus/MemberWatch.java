package dev.infermux.cluster.bus;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on that a member has come or gone, as Hazelcast tells it. */
record MemberWatch(Runnable changed) implements MembershipListener {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.nodes");

  /** Begins; what it returns ends it. */
  static Runnable of(Cluster cluster, Runnable changed) {
    UUID listener = cluster.addMembershipListener(new MemberWatch(changed));
    return () -> end(cluster, listener);
  }

  private static void end(Cluster cluster, UUID listener) {
    try {
      cluster.removeMembershipListener(listener);
    } catch (HazelcastInstanceNotActiveException gone) {
      LOG.debug("members are not watched any more", gone);
    }
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    changed.run();
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    changed.run();
  }
}
