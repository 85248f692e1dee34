package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.ReloadTrigger;
import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.inbound.management.view.ReloadOutcome;
import dev.infermux.testing.TestTls;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are replaced while connections are open, over HTTP and gRPC. */
@ExtendWith(VertxExtension.class)
class CertificateReloadTest {

  @TempDir Path directory;

  /** A client that nobody has any more closes its connections. */
  private final List<NetClient> clients = new ArrayList<>();

  @Test
  void handshakes_present_the_new_certificate_and_open_connections_stay(Vertx vertx)
      throws Exception {
    certify("server");
    String yaml =
        """
        providers: [{ name: a, type: mock, models: [m] }]
        grpc_listen: 127.0.0.1:0
        management_listen: 127.0.0.1:0
        tls: { cert_file: %1$s/tls.crt, key_file: %1$s/tls.key }
        """
            .formatted(directory);
    try (FileGateway gateway = FileGateway.start(vertx, directory.resolve("infermux.yml"), yaml)) {
      int grpc = Objects.requireNonNull(gateway.listening().grpcPort());
      NetSocket open = connect(vertx, gateway.port(), List.of());
      Certificate first = presented(vertx, gateway.port(), List.of());
      Certificate firstGrpc = presented(vertx, grpc, List.of("h2"));

      certify("rsa");
      ReloadOutcome outcome = gateway.inferMux().reload(ReloadTrigger.PROGRAM).await();

      assertThat(outcome.changed()).containsExactly("tls.cert_file, tls.key_file");
      assertThat(presented(vertx, gateway.port(), List.of())).isNotEqualTo(first);
      assertThat(presented(vertx, grpc, List.of("h2"))).isNotEqualTo(firstGrpc);
      Promise<String> answer = Promise.promise();
      open.handler(bytes -> answer.tryComplete(bytes.toString()));
      open.write("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n").await();
      assertThat(answer.future().await()).startsWith("HTTP/1.1 200");

      Files.writeString(directory.resolve("tls.key"), "no key");
      ReloadOutcome rejected = gateway.inferMux().reload(ReloadTrigger.PROGRAM).await();

      assertThat(rejected.problems())
          .extracting(problem -> problem.path())
          .containsExactly("tls.key_file");
      assertThat(presented(vertx, gateway.port(), List.of())).isNotEqualTo(first);
    }
  }

  private void certify(String pair) throws Exception {
    for (String[] file : new String[][] {{".pem", "tls.crt"}, {".key", "tls.key"}}) {
      Files.copy(
          TestTls.file(pair + file[0]),
          directory.resolve(file[1]),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Certificate presented(Vertx vertx, int port, List<String> protocols) throws Exception {
    NetSocket socket = connect(vertx, port, protocols);
    try {
      return socket.peerCertificates().get(0);
    } finally {
      socket.close().await();
    }
  }

  private NetSocket connect(Vertx vertx, int port, List<String> protocols) {
    NetClientOptions options =
        new NetClientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("");
    if (!protocols.isEmpty()) {
      options.setUseAlpn(true).setApplicationLayerProtocols(protocols);
    }
    NetClient client = vertx.createNetClient(options);
    clients.add(client);
    return client.connect(port, "127.0.0.1").await();
  }
}
