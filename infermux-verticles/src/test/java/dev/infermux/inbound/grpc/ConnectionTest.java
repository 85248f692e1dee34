package dev.infermux.inbound.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.infermux.client.InferMuxClient;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.inbound.http.TlsOptions;
import dev.infermux.testing.TestTls;
import io.grpc.TlsChannelCredentials;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import io.vertx.junit5.VertxExtension;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What holds for connections and for every RPC, whatever it asks. */
@ExtendWith(VertxExtension.class)
class ConnectionTest {

  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int ENHANCE_YOUR_CALM = 11;

  @TempDir Path directory;

  @Test
  void one_ping_without_a_call_is_answered(Vertx vertx) throws IOException {
    try (GrpcGateway gateway = GrpcGateway.start(vertx);
        Socket socket = opened(gateway)) {
      pings(socket, 1);

      assertThat(next(socket, PING)).hasSize(8);
    }
  }

  @Test
  void ten_thousand_pings_end_the_connection_and_nothing_else(Vertx vertx) throws IOException {
    try (GrpcGateway gateway = GrpcGateway.start(vertx);
        Socket socket = opened(gateway)) {
      pings(socket, 10_000);

      byte[] goAway = next(socket, GOAWAY);

      assertThat(goAway[7]).isEqualTo((byte) ENHANCE_YOUR_CALM);
      assertThat(new String(goAway, 8, goAway.length - 8, US_ASCII)).isEqualTo("too_many_pings");
      assertThat(gateway.client().prompt("echo-v1", "Hi").getContent()).isEqualTo("echo: Hi");
    }
  }

  @Test
  void what_is_no_http_2_is_refused(Vertx vertx) throws IOException {
    try (GrpcGateway gateway = GrpcGateway.start(vertx);
        Socket socket = new Socket("127.0.0.1", gateway.port())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(US_ASCII));

      socket.getInputStream().readAllBytes();

      assertThat(gateway.client().listProviders()).hasSize(2);
    }
  }

  @Test
  void each_rpc_leaves_one_line(Vertx vertx) {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(RpcLog.LOGGER);
    lines.start();
    log.addAppender(lines);
    log.setLevel(Level.INFO);
    log.setAdditive(false);
    try (GrpcGateway gateway = GrpcGateway.start(vertx)) {
      gateway.client().prompt("echo-v1", "Hi");
      GrpcGateway.failure(() -> gateway.client().prompt("nobody-has-it", "Hi"));
      gateway.client().listProviders();
      Awaitility.await().until(() -> lines.list.size() == 3);
    } finally {
      log.detachAppender(lines);
      log.setLevel(null);
      log.setAdditive(true);
    }

    assertThat(lines.list).allMatch(line -> line.getMessage().equals("rpc"));
    assertThat(values(lines.list, "method"))
        .containsExactly(
            "/infermux.v1.InferMuxService/Infer",
            "/infermux.v1.InferMuxService/Infer",
            "/infermux.v1.InferMuxService/ListProviders");
    assertThat(values(lines.list, "code")).containsExactly("OK", "NOT_FOUND", "OK");
    assertThat(values(lines.list, "latency_ms")).allMatch(millis -> Long.parseLong(millis) >= 0);
  }

  @Test
  void certificate_of_the_http_listener_is_grpcs_too(Vertx vertx) throws Exception {
    TlsOptions tls = pem();
    try (GrpcGateway gateway =
            GrpcGateway.start(vertx, config -> config.withHttp(Gateway.localHttp().withTls(tls)));
        InferMuxClient client =
            InferMuxClient.connect(
                "localhost:" + gateway.port(),
                TlsChannelCredentials.newBuilder().trustManager(tls.certFile().toFile()).build())) {

      assertThat(client.prompt("echo-v1", "Hi").getContent()).isEqualTo("echo: Hi");
      assertThat(GrpcGateway.failure(() -> gateway.once().prompt("echo-v1", "Hi")).getCode())
          .isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
    }
  }

  private TlsOptions pem() throws Exception {
    PfxOptions made = (PfxOptions) TestTls.selfSigned(directory).getKeyCertOptions();
    char[] password = made.getPassword().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = new FileInputStream(made.getPath())) {
      store.load(file, password);
    }
    String alias = store.aliases().nextElement();
    return TlsOptions.of(
        pem("CERTIFICATE", store.getCertificate(alias).getEncoded()),
        pem("PRIVATE KEY", store.getKey(alias, password).getEncoded()));
  }

  private Path pem(String type, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        directory.resolve(type.replace(' ', '-') + ".pem"),
        "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
  }

  /** A connection on which the preface and empty settings were sent. */
  private static Socket opened(GrpcGateway gateway) throws IOException {
    Socket socket = new Socket("127.0.0.1", gateway.port());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
    return socket;
  }

  /** Sends so many, or as many as the server takes. */
  private static void pings(Socket socket, int count) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    try {
      for (int i = 0; i < count; i++) {
        out.write(new byte[] {0, 0, 8, PING, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) i});
      }
    } catch (IOException closed) {
      // It has had enough; what it said of it is still to be read.
    }
  }

  /** The payload of the next frame of a type. */
  private static byte[] next(Socket socket, int wanted) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      in.readNBytes(5);
      byte[] payload = in.readNBytes(length);
      if (type == wanted) {
        return payload;
      }
    }
  }

  private static List<String> values(List<ILoggingEvent> lines, String key) {
    return lines.stream()
        .flatMap(line -> line.getKeyValuePairs().stream())
        .filter(pair -> pair.key.equals(key))
        .map(pair -> Objects.toString(pair.value))
        .toList();
  }
}
