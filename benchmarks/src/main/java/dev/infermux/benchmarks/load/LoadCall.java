package dev.infermux.benchmarks.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The request that is sent again and again.
 *
 * @param address where to
 * @param request the whole HTTP request; duplicated before it is read
 * @param stream whether events are expected
 * @param events content events of a whole stream; another number counts as an error
 */
public record LoadCall(InetSocketAddress address, ByteBuffer request, boolean stream, int events) {}
