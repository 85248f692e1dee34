package dev.infermux.resilience;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.v1.ChatMessage;
import dev.infermux.v1.InferMuxServiceGrpc;
import dev.infermux.v1.InferRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.vertx.core.http.HttpMethod;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One call of some API, whose caller reads all of its answer, some of it, or leaves. */
final class RandomCaller {

  private static final int MB = 1 << 20;
  private static final String MODEL = "\"model\":\"" + Gateway.MODEL + "\",";

  private final Gateway gateway;
  private final ManagedChannel channel;
  private final Random random;
  private final String asked;

  RandomCaller(Gateway gateway, ManagedChannel channel, long seed, long number) {
    this.gateway = gateway;
    this.channel = channel;
    this.random = new Random(seed * 7_919 + number);
    this.asked =
        "call " + number + " " + "q".repeat(random.nextInt(8) == 0 ? random.nextInt(5 * MB) : 9);
  }

  void call() {
    int api = random.nextInt(7);
    boolean stream = random.nextBoolean();
    if (api == 6) {
      if (stream) {
        overGrpc(InferMuxServiceGrpc.getInferStreamMethod());
      } else {
        overGrpc(InferMuxServiceGrpc.getInferMethod());
      }
      return;
    }
    String body = "{\"stream\":" + stream + "," + MODEL;
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"" + asked + "\"}]}";
    switch (api) {
      case 0 -> overHttp("/v1/messages", body + "\"max_tokens\":9," + messages);
      case 1 -> overHttp("/v1/responses", body + "\"input\":\"" + asked + "\"}");
      case 2 -> overHttp("/api/chat", body + messages);
      case 3 ->
          overHttp(
              "/v1/embeddings",
              "{\"model\":\"text-embedding-3-small\",\"input\":\"" + asked + "\"}");
      default -> overHttp("/v1/chat/completions", body + messages);
    }
  }

  private void overHttp(String path, String body) {
    try (Wire wire = Wire.connect(gateway.port(), random.nextBoolean() ? 0 : 16 * 1024)) {
      String caller = "X-Infermux-Caller: " + (random.nextBoolean() ? "team-a" : "other");
      if (random.nextInt(8) == 0) {
        halfSent(wire, path, caller);
      } else {
        wire.request(HttpMethod.POST.name(), path, body, caller, "Connection: close");
        answered(wire);
      }
    } catch (UncheckedIOException gone) {
      // The gateway may hang up on whom it refuses.
    }
  }

  private void halfSent(Wire wire, String path, String caller) {
    String head = "POST " + path + " HTTP/1.1\r\nHost: t\r\n" + caller + "\r\n";
    boolean told = random.nextBoolean();
    wire.send(
        head + (told ? "Content-Length: 9000000\r\n\r\n" : "Transfer-Encoding: chunked\r\n\r\n"));
    byte[] piece = new byte[random.nextInt(MB)];
    for (int i = random.nextInt(8); i > 0; i--) {
      wire.send(told ? "" : Integer.toHexString(piece.length) + "\r\n").send(piece);
      wire.send(told ? "" : "\r\n");
      pause(5);
    }
    answered(wire);
  }

  private void answered(Wire wire) {
    switch (random.nextInt(5)) {
      case 0 -> pause(400);
      case 1 -> {
        pause(60);
        wire.reset();
      }
      case 2 -> {
        wire.readUntil("\r\n\r\n");
        pause(100);
        wire.reset();
      }
      case 3 -> wire.readSlowly(32 * 1024, Duration.ofMillis(random.nextInt(3)));
      default -> wire.rest();
    }
  }

  private <R> void overGrpc(MethodDescriptor<InferRequest, R> method) {
    CallOptions within =
        CallOptions.DEFAULT.withDeadlineAfter(50 + random.nextInt(1_500), TimeUnit.MILLISECONDS);
    ClientCall<InferRequest, R> call = channel.newCall(method, within);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.sendMessage(
        InferRequest.newBuilder()
            .setModel(Gateway.MODEL)
            .addMessages(ChatMessage.newBuilder().setRole("user").setContent(asked))
            .build());
    call.halfClose();
    if (random.nextInt(3) > 0) {
      call.request(random.nextInt(20));
    }
    pause(600);
    if (random.nextBoolean()) {
      call.cancel("left", null);
    }
  }

  private void pause(int mostMillis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(mostMillis)));
  }
}
