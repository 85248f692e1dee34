package dev.infermux.inbound.grpc;

import dev.infermux.memory.BufferedBytes;
import dev.infermux.time.Ticker;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one line for each RPC of any service, unknown ones included: {@code rpc} with {@code
 * method}, {@code code} and {@code latency_ms}. The logger is {@code infermux.rpc}.
 */
final class RpcLog extends ServerStreamTracer.Factory {

  /** Its own name, so that it can be sent elsewhere or turned off alone. */
  static final String LOGGER = "infermux.rpc";

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Set<Status.Code> OF_OURS =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN,
          Status.Code.DATA_LOSS);

  private final Logger log = LoggerFactory.getLogger(LOGGER);
  private final Ticker ticker;
  private final BufferedBytes buffered;

  RpcLog(Ticker ticker, BufferedBytes buffered) {
    this.ticker = ticker;
    this.buffered = buffered;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    long started = ticker.nanos();
    return new RpcTracer(buffered) {
      @Override
      void closed(Status status) {
        long ended = ticker.nanos();
        boolean late =
            status.getCode() == Status.Code.CANCELLED
                && RpcDeadline.passed(headers, started, ended);
        Status.Code code = late ? Status.Code.DEADLINE_EXCEEDED : status.getCode();
        log.atLevel(OF_OURS.contains(code) ? Level.WARN : Level.INFO)
            .addKeyValue("method", "/" + fullMethodName)
            .addKeyValue("code", code.name())
            .addKeyValue("latency_ms", (ended - started) / NANOS_PER_MILLI)
            .log("rpc");
      }
    };
  }
}
