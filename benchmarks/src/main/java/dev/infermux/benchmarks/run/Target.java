package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.benchmarks.load.LoadCall;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What requests are sent to. All targets get the very same bytes, but for the headers that another
 * gateway cannot do without.
 *
 * @param process whose CPU and memory count
 * @param jvm what can be seen of it, if it is a JVM; null = nothing
 * @param headers lines of the head on top
 */
record Target(
    String name, int port, ProcessHandle process, @Nullable GatewayJvm jvm, String headers) {
  /** The key that the gateway asks its callers for. */
  static final String KEY = "ifx-bench-0123456789abcdef";

  static final String DIRECT = "direct";
  static final String NGINX = "nginx";
  static final String GATEWAY = "infermux";

  /** Another gateway, or another build, measured in turn with the first. */
  static final String BESIDE = "beside";

  Target(String name, int port, ProcessHandle process) {
    this(name, port, process, null, "");
  }

  LoadCall call(byte[] body, int events) {
    String head =
        """
        POST /v1/chat/completions HTTP/1.1\r
        host: 127.0.0.1:%d\r
        user-agent: infermux-benchmarks\r
        accept: */*\r
        content-type: application/json\r
        authorization: Bearer %s\r
        x-infermux-caller: bench\r
        content-length: %d\r
        %s\r
        """
            .formatted(port, KEY, body.length, headers);
    ByteBuffer request = ByteBuffer.allocateDirect(head.length() + body.length);
    request.put(head.getBytes(US_ASCII)).put(body).flip();
    return new LoadCall(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), request, events > 0, events);
  }

  boolean isDirect() {
    return name.equals(DIRECT);
  }
}
