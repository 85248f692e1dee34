package dev.infermux.vertx;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one listening socket on which TLS is not agreed on yet. Beyond so many the one
 * that has taken longest is closed, so that they cannot use up the descriptors. Safe on any thread.
 */
final class OpenHandshakes {

  private final int most;
  private final Set<Channel> open = new LinkedHashSet<>();

  OpenHandshakes(int most) {
    this.most = most;
  }

  void begun(Channel channel) {
    Channel longest = added(channel);
    if (longest != null) {
      longest.close();
    }
  }

  private synchronized @Nullable Channel added(Channel channel) {
    open.add(channel);
    if (open.size() <= most) {
      return null;
    }
    Iterator<Channel> eldest = open.iterator();
    Channel longest = eldest.next();
    eldest.remove();
    return longest;
  }

  synchronized void over(Channel channel) {
    open.remove(channel);
  }
}
