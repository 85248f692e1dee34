package dev.infermux.inbound.grpc;

import dev.infermux.inbound.AnswerIdentity;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inbound.auth.Credentials;
import dev.infermux.inference.AnswerBytes;
import dev.infermux.inference.Call;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.NoRoom;
import dev.infermux.time.Deadlines;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.vertx.core.MultiMap;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One RPC: what came with it, and every way to end it. Used by one thread at a time. */
final class RpcExchange<Q, R> {

  private static final Logger LOG = LoggerFactory.getLogger(RpcExchange.class);

  private final InferService service;
  private final ServerCall<Q, R> call;
  private final MultiMap headers;
  private final String requestId;
  private final Cancellation cancellation = new Cancellation();
  private final @Nullable RpcTracer tracer = RpcTracer.current();
  private final UntakenEnd untaken = new UntakenEnd(tracer);
  private final AwaitedRequest awaited = new AwaitedRequest(tracer);
  private final long startedNanos;
  private final long startedEpochNanos;
  private final long deadlineNanos;
  private volatile boolean over;

  RpcExchange(InferService service, ServerCall<Q, R> call, Metadata metadata) {
    this.service = service;
    this.call = call;
    this.startedNanos = service.time().nanos();
    this.startedEpochNanos = service.time().epochNanos();
    this.deadlineNanos = RpcDeadline.of(metadata, startedNanos);
    this.headers = CallMetadata.headers(metadata);
    this.requestId = AnswerIdentity.requestId(headers);
    service.inFlight().begin();
    // A second request would be a client's bug, and asking for it shows it.
    call.request(2);
  }

  /**
   * Lets the caller in.
   *
   * @throws InferenceException when it has no key that is known
   */
  Caller caller() {
    return service.authenticator().authenticate(headers, Credentials.ANTHROPIC);
  }

  MultiMap headers() {
    return headers;
  }

  String requestId() {
    return requestId;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  long startedNanos() {
    return startedNanos;
  }

  long startedEpochNanos() {
    return startedEpochNanos;
  }

  /** When the caller stops waiting. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  /** As logs and spans have it: {@code /infermux.v1.InferMuxService/Infer}. */
  String method() {
    return "/" + call.getMethodDescriptor().getFullMethodName();
  }

  String clientAddress() {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress at
            && at.getAddress() != null
        ? at.getAddress().getHostAddress()
        : "";
  }

  /** Whether the caller is about to stop waiting by itself. */
  boolean late() {
    return RpcDeadline.near(deadlineNanos, service.time().nanos());
  }

  /** Why gRPC ended the RPC before its request was there. */
  Failure interrupted() {
    return tracer != null && tracer.end() == Status.Code.RESOURCE_EXHAUSTED
        ? new Failure.RequestTooLarge("request: larger than gRPC messages may be here")
        : new Failure.Cancelled("the caller left");
  }

  /** What watches for callers that take nothing of their answers. */
  Deadlines unread(RouterClient router) {
    return router.deadlines(service.connections().writeTimeout());
  }

  /** What gives the RPC up whose caller does not take its end. */
  UntakenEnd untaken() {
    return untaken;
  }

  /** What gives the RPC up whose request does not come. */
  AwaitedRequest awaited() {
    return awaited;
  }

  /** What watches for requests that do not come. */
  Deadlines unsent(RouterClient router) {
    return router.deadlines(service.connections().bodyTimeout());
  }

  boolean isReady() {
    return call.isReady();
  }

  boolean isOver() {
    return over;
  }

  void sendHeaders(Metadata answer) {
    answer.put(AnswerMetadata.REQUEST_ID, requestId);
    if (!over) {
      call.sendHeaders(answer);
    }
  }

  /**
   * Refuses a request that the process had no room for.
   *
   * @throws InferenceException with {@link Failure.Overloaded}
   */
  void checkRoom() {
    if (tracer != null && tracer.bytes().crowded()) {
      throw new InferenceException(NoRoom.of("request"));
    }
  }

  /** What is held of the account for its answer. */
  AnswerBytes answerBytes() {
    return tracer == null ? Call.UNKEPT : tracer.bytes().answer();
  }

  /**
   * Sends a whole answer, which counts until its caller has taken it.
   *
   * @throws InferenceException with {@link Failure.Overloaded}
   */
  void sendWhole(R message, int bytes) {
    if (tracer != null && !tracer.bytes().answer().holds(bytes)) {
      throw new InferenceException(NoRoom.of("answer"));
    }
    untaken.sent(bytes);
    send(message);
  }

  void send(R message) {
    if (!over) {
      call.sendMessage(message);
    }
  }

  void end(Metadata trailers) {
    close(Status.OK, trailers);
  }

  /** Ends the RPC with the failure of a handler; a bug is logged, and its caller told no more. */
  void fail(Throwable cause) {
    Failure failure = InferenceException.failureOf(cause);
    if (failure instanceof Failure.Internal && !(cause instanceof InferenceException)) {
      LOG.error("rpc {} {}: unexpected failure", method(), requestId, cause);
    }
    Metadata trailers = FailureStatus.trailers(failure);
    trailers.put(AnswerMetadata.REQUEST_ID, requestId);
    close(FailureStatus.of(failure), trailers);
  }

  /** The caller has got its end, or has left. */
  void ended() {
    over = true;
    service.inFlight().end();
  }

  private void close(Status status, Metadata trailers) {
    if (!over) {
      over = true;
      call.close(status, trailers);
      untaken.watch();
    }
  }
}
