package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inference.Secret;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what with the management API, from where, and under which name. */
@ExtendWith(VertxExtension.class)
class ManagementAccessTest {

  private static final String[] READING = {"status", "providers", "costs", "metrics", "nope"};
  private static final String[] RECORDS = {"requests", "requests/any"};
  private static final String CHANGE = "/_infermux/providers/echo/circuit/open";
  private static final String PROXIED = "X-Forwarded-For: 127.0.0.1";

  private Gateway gateway;

  private void open(Vertx vertx, boolean apart, UnaryOperator<ManagementOptions> management) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withHttp(config.http().withListen(ListenAddress.everywhere(0)))
                    .withManagementListen(apart ? ListenAddress.everywhere(0) : null)
                    .withManagement(management.apply(config.management()))
                    .withProvider(Gateway.provider(upstream)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private int port() {
    Integer apart = gateway.listening().managementPort();
    return apart == null ? gateway.port() : apart;
  }

  @ParameterizedTest
  @ValueSource(strings = {PROXIED, "Forwarded: for=127.0.0.1", "x-forwarded-for: ::1"})
  void public_listener_is_for_this_machine_alone(String proxied, Vertx vertx) {
    open(vertx, false, options -> options);

    try (Wire wire = Wire.connect(port())) {
      assertThat(wire.get("/_infermux/health", proxied).status()).isEqualTo(200);
      assertThat(wire.get("/_infermux/ready", proxied).status()).isEqualTo(200);
      for (String path : READING) {
        refused(wire.get("/_infermux/" + path, proxied), 403, "forbidden");
      }
      for (String path : RECORDS) {
        refused(wire.get("/_infermux/" + path, proxied), 403, "forbidden");
      }
      refused(wire.post(CHANGE, "", proxied), 403, "forbidden");
      assertThat(wire.get("/_infermux/status").status()).isEqualTo(200);
      assertThat(wire.post(CHANGE, "").status()).isEqualTo(200);
    }
  }

  @Test
  void listener_of_its_own_is_open_for_reading_alone(Vertx vertx) {
    open(vertx, true, options -> options);

    try (Wire wire = Wire.connect(port())) {
      for (String path : List.of("status", "providers", "costs", "metrics")) {
        assertThat(wire.get("/_infermux/" + path, PROXIED).status()).isEqualTo(200);
      }
      for (String path : RECORDS) {
        refused(wire.get("/_infermux/" + path, PROXIED), 403, "forbidden");
      }
      refused(wire.post(CHANGE, "", PROXIED), 403, "forbidden");
      assertThat(wire.get("/_infermux/requests").status()).isEqualTo(200);
      assertThat(wire.post(CHANGE, "").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void other_machine_is_one_by_its_address(boolean apart, Vertx vertx) throws Exception {
    Optional<String> own = ownAddress();
    open(vertx, apart, options -> options);
    assumeThat(own).as("an address besides loopback").isPresent();
    String root = "http://" + own.orElseThrow() + ":" + port();

    assertThat(ask(root + "/_infermux/health", false).statusCode()).isEqualTo(200);
    assertThat(ask(root + "/_infermux/status", false).statusCode()).isEqualTo(apart ? 200 : 403);
    assertThat(ask(root + "/_infermux/requests", false).statusCode()).isEqualTo(403);
    HttpResponse<String> change = ask(root + CHANGE, true);
    assertThat(change.statusCode()).isEqualTo(403);
    assertThat(change.body()).contains("INFERMUX_MANAGEMENT_TOKEN");
    assertThat(gateway.inferMux().circuitStates().get("echo").wireName()).isEqualTo("closed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void token_is_needed_on_this_machine_too_and_is_enough(boolean apart, Vertx vertx) {
    open(vertx, apart, options -> options.withToken(Secret.of("t")).withOpen(true));
    String token = "Authorization: Bearer t";

    try (Wire wire = Wire.connect(port())) {
      assertThat(wire.get("/_infermux/health").status()).isEqualTo(200);
      assertThat(wire.get("/_infermux/ready").status()).isEqualTo(200);
      for (String path : READING) {
        refused(wire.get("/_infermux/" + path), 401, "invalid_api_key");
      }
      refused(wire.get("/_infermux/requests"), 401, "invalid_api_key");
      refused(wire.post(CHANGE, "", "Authorization: Bearer u"), 401, "invalid_api_key");
      assertThat(wire.post(CHANGE, "", token, PROXIED).status()).isEqualTo(200);
      assertThat(named(wire, "evil.example", token).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void open_lifts_the_rule_of_this_machine(boolean apart, Vertx vertx) {
    open(vertx, apart, options -> options.withOpen(true));

    try (Wire wire = Wire.connect(port())) {
      assertThat(wire.get("/_infermux/requests", PROXIED).status()).isEqualTo(200);
      assertThat(wire.post(CHANGE, "", PROXIED).status()).isEqualTo(200);
      refused(named(wire, "evil.example", PROXIED), 403, "forbidden_host");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void name_that_a_foreign_site_may_have_rebound_is_refused(boolean apart, Vertx vertx) {
    open(vertx, apart, options -> options.withHosts(List.of("gate.internal")));

    try (Wire wire = Wire.connect(port())) {
      for (String host : List.of("evil.example", "evil.example:" + port(), "localhost.evil")) {
        WireAnswer answer = named(wire, host, "Origin: http://" + host);
        refused(answer, 403, "forbidden_host");
        assertThat(answer.error().getString("message")).contains("management.hosts");
      }
      for (String host : List.of("127.0.0.1:1", "[::1]:80", "10.1.2.3", "Gate.Internal:8081")) {
        assertThat(named(wire, host, "X-A: b").status()).as(host).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void host_of_an_absolute_target_counts_before_the_header(boolean apart, Vertx vertx) {
    open(vertx, apart, options -> options.withHosts(List.of("gate.internal")));

    try (Wire wire = Wire.connect(port())) {
      wire.send("GET http://evil.example/_infermux/status HTTP/1.1\r\nHost: localhost\r\n\r\n");
      refused(wire.read(), 403, "forbidden_host");
      wire.send("GET http://gate.internal/_infermux/status HTTP/1.1\r\nHost: evil\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(200);
    }
  }

  private static WireAnswer named(Wire wire, String host, String header) {
    String head = "GET /_infermux/status HTTP/1.1\r\nHost: " + host + "\r\n" + header;
    return wire.send(head + "\r\n\r\n").read();
  }

  private static void refused(WireAnswer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error().getString("code")).isEqualTo(code);
    assertThat(answer.error().getString("message")).contains("(expected: ");
  }

  private static HttpResponse<String> ask(String url, boolean change) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    return HttpClient.newHttpClient()
        .send(
            change ? request.POST(BodyPublishers.noBody()).build() : request.build(),
            BodyHandlers.ofString());
  }

  private static Optional<String> ownAddress() throws Exception {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
