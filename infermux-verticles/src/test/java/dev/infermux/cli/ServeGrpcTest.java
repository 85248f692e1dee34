package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.client.InferMuxClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServeGrpcTest {

  private static final String LISTENING = "infermux gRPC listening on ";

  @TempDir Path directory;

  @Test
  void grpc_alone_answers_and_ends_with_0_when_told_to() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            directory, "serve-grpc", "--addr", "127.0.0.1:0", "--log-level", "debug")) {
      String line = last(server.linesToAddress());

      try (InferMuxClient client = InferMuxClient.connect(line.substring(LISTENING.length()))) {
        assertThat(line).startsWith(LISTENING + "127.0.0.1:");
        assertThat(client.withKey("sk-secret").prompt("echo-v1", "A-secret").getContent())
            .isEqualTo("echo: A-secret");
      }
      server.signal("TERM");

      assertThat(server.exitCode()).isZero();
      assertThat(server.out()).doesNotContain("curl");
      assertThat(server.err())
          .contains("INFO  rpc: rpc method=/infermux.v1.InferMuxService/Infer code=OK latency_ms=")
          .contains("stopped")
          .doesNotContain("\tat ", "WARN", "secret");
    }
  }

  @Test
  void serve_has_both_where_the_flag_says_so() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            directory, "serve", "--addr", "127.0.0.1:0", "--grpc-addr", "127.0.0.1:0")) {
      assertThat(server.url().getPort()).isPositive();
      String line = last(server.linesToAddress());

      try (InferMuxClient client = InferMuxClient.connect(line.substring(LISTENING.length()))) {
        assertThat(client.listProviders()).hasSize(1);
      }
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void address_of_the_file_counts_and_http_is_not_in_its_way() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Files.writeString(
          directory.resolve("infermux.yml"),
          "listen: '"
              + address
              + "'\ngrpc_listen: '127.0.0.1:0'\n"
              + "providers: [{ name: e, type: echo, models: [echo-v1] }]\n");
      try (ServerProcess server = ServerProcess.start(directory, "serve-grpc")) {
        assertThat(last(server.linesToAddress())).startsWith(LISTENING + "127.0.0.1:");
      }
    }
  }

  @Test
  void address_that_is_taken_is_exit_code_3() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      try (ServerProcess server = ServerProcess.start(directory, "serve-grpc", "--addr", address)) {

        assertThat(server.exitCode()).isEqualTo(3);
        assertThat(server.err())
            .contains("cannot listen on " + address, "in use")
            .doesNotContain("\tat ");
      }
    }
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1);
  }
}
