package dev.infermux.client;

import dev.infermux.v1.ChatMessage;
import dev.infermux.v1.InferChunk;
import dev.infermux.v1.InferMuxServiceGrpc;
import dev.infermux.v1.InferMuxServiceGrpc.InferMuxServiceBlockingStub;
import dev.infermux.v1.InferRequest;
import dev.infermux.v1.InferResponse;
import dev.infermux.v1.ListProvidersRequest;
import dev.infermux.v1.ProviderInfo;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Calls an InferMux over gRPC. Methods block, and fail with {@link io.grpc.StatusRuntimeException};
 * {@code UNAVAILABLE} has been tried three times by then. Immutable, and safe on any thread.
 *
 * <p>A call takes 30 s at most unless {@link #withDeadline} or the current {@link io.grpc.Context}
 * says otherwise. The deadline goes along: the server, and the provider's connection, end with it.
 */
public final class InferMuxClient implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final long CLOSE_SECONDS = 5;

  private final Runnable end;
  private final InferMuxServiceBlockingStub calls;

  private InferMuxClient(Runnable end, InferMuxServiceBlockingStub calls) {
    this.end = end;
    this.calls = calls;
  }

  /** In plain text to an address such as {@code localhost:8601}; nothing is sent yet. */
  public static InferMuxClient connect(String target) {
    return connect(target, InsecureChannelCredentials.create());
  }

  /** With credentials such as {@link io.grpc.TlsChannelCredentials}. */
  public static InferMuxClient connect(String target, ChannelCredentials credentials) {
    ManagedChannel own =
        Grpc.newChannelBuilder(target, credentials).defaultServiceConfig(serviceConfig()).build();
    return new InferMuxClient(() -> end(own), stub(own));
  }

  /**
   * Over a channel of the program's own, which {@link #close} leaves open and whose own service
   * config decides on retries; {@link #serviceConfig} is this client's.
   */
  public static InferMuxClient over(Channel channel) {
    return new InferMuxClient(() -> {}, stub(channel));
  }

  /**
   * Three attempts where the server is unavailable, 0.1 s apart and doubling up to 1 s, for {@link
   * io.grpc.ManagedChannelBuilder#defaultServiceConfig}.
   */
  public static Map<String, ?> serviceConfig() {
    Map<String, ?> retries =
        Map.of(
            "maxAttempts",
            3.0,
            "initialBackoff",
            "0.1s",
            "maxBackoff",
            "1s",
            "backoffMultiplier",
            2.0,
            "retryableStatusCodes",
            List.of("UNAVAILABLE"));
    Map<String, ?> method =
        Map.of(
            "name",
            List.of(Map.of("service", InferMuxServiceGrpc.SERVICE_NAME)),
            "retryPolicy",
            retries);
    return Map.of("methodConfig", List.of(method));
  }

  /** The same client whose calls take this long at most. */
  public InferMuxClient withDeadline(Duration deadline) {
    return new InferMuxClient(end, calls.withInterceptors(new DefaultDeadline(deadline)));
  }

  /** The same client that presents a key. */
  public InferMuxClient withKey(String key) {
    return withMetadata("authorization", "Bearer " + key);
  }

  /** The same client whose calls are charged to this caller. */
  public InferMuxClient withCaller(String caller) {
    return withMetadata("x-infermux-caller", caller);
  }

  /** The same client that sends this along with each call. */
  public InferMuxClient withMetadata(String name, String value) {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return new InferMuxClient(
        end, calls.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata)));
  }

  /** Asks one question. */
  public InferResponse prompt(String model, String text) {
    return infer(model, List.of(ChatMessage.newBuilder().setRole("user").setContent(text).build()));
  }

  /** Goes on with a conversation. */
  public InferResponse infer(String model, List<ChatMessage> messages) {
    return infer(InferRequest.newBuilder().setModel(model).addAllMessages(messages).build());
  }

  /** The same with all that a request has. */
  public InferResponse infer(InferRequest request) {
    return calls.infer(request);
  }

  /** The answer as it comes; the last chunk has the totals. A stream that breaks throws. */
  public Iterator<InferChunk> inferStream(InferRequest request) {
    return calls.inferStream(request);
  }

  /** The providers in declared order, each with what it may be asked for. */
  public List<ProviderInfo> listProviders() {
    return calls.listProviders(ListProvidersRequest.getDefaultInstance()).getProvidersList();
  }

  /** Ends the client's own channel once its calls have ended. */
  @Override
  public void close() {
    end.run();
  }

  private static InferMuxServiceBlockingStub stub(Channel channel) {
    return InferMuxServiceGrpc.newBlockingStub(channel)
        .withInterceptors(new DefaultDeadline(DEADLINE));
  }

  private static void end(ManagedChannel channel) {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
