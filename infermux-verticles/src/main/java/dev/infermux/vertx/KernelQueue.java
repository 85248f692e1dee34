package dev.infermux.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/**
 * What the kernel keeps of an answer whose caller does not read.
 *
 * <p>Left to itself, Linux takes megabytes for each connection: so much is read from the provider,
 * encrypted and counted as delivered before anybody notices. What is on the wire does not count, so
 * that long lines stay full.
 *
 * <p>The option is Linux's {@code TCP_NOTSENT_LOWAT} (<a
 * href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>). Transports other than epoll
 * do not have it, and ignore it.
 */
final class KernelQueue {

  /** Twice what Vert.x lets wait before it, in bytes. */
  private static final long MOST_UNSENT = 128 << 10;

  /** By its name, since the classes of epoll need not be there. */
  private static final ChannelOption<Long> UNSENT =
      ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_NOTSENT_LOWAT");

  private KernelQueue() {}

  /** Bounds it for a connection; on its event loop. */
  static void bound(Channel channel) {
    channel.config().setOption(UNSENT, MOST_UNSENT);
  }
}
