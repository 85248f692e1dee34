package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inference.Secret;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of management hold for each method of each path that it has, at both listeners. */
@ExtendWith(VertxExtension.class)
class ManagementRulesTest {

  private static final String ROOT = "/_infermux/";
  private static final String TOKEN = "Authorization: Bearer t";
  private static final String PROXIED = "X-Forwarded-For: 127.0.0.1";
  private static final List<String> OPEN = List.of("health", "ready");

  private Gateway gateway;

  /** A method of a path; what varies in the path is nobody's name. */
  private record Route(String method, String path) {

    boolean isOpen() {
      return OPEN.contains(path);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private void open(Vertx vertx, boolean apart, ManagementOptions management) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withManagementListen(apart ? new ListenAddress("127.0.0.1", 0) : null)
                    .withManagement(management)
                    .withProvider(Gateway.provider(upstream)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void without_the_token_there_is_nothing(boolean apart, Vertx vertx) {
    open(vertx, apart, ManagementOptions.defaults().withToken(Secret.of("t")).withOpen(true));

    for (Route route : routes(TOKEN)) {
      int missing = status(route);
      int wrong = status(route, "Authorization: Bearer u");
      int basic = status(route, "Authorization: Basic dDp0");

      assertThat(List.of(missing, wrong, basic))
          .as(route.toString())
          .containsOnly(route.isOpen() ? 200 : 401);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void page_of_another_site_has_nothing_with_the_token_and_without(boolean apart, Vertx vertx) {
    open(vertx, apart, ManagementOptions.defaults().withToken(Secret.of("t")));

    List<Route> routes = routes(TOKEN);
    routes.add(new Route("GET", ""));
    routes.add(new Route("GET", "page/any/any"));
    routes.add(new Route("OPTIONS", "status"));
    for (Route route : routes) {
      for (String foreign :
          List.of("Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site")) {
        assertThat(status(route, foreign)).as(route + " " + foreign).isEqualTo(403);
        assertThat(status(route, foreign, TOKEN)).as(route + " " + foreign).isEqualTo(403);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void name_that_was_rebound_reads_and_changes_nothing(boolean apart, Vertx vertx) {
    open(vertx, apart, ManagementOptions.defaults());

    List<Route> routes = routes();
    routes.add(new Route("GET", ""));
    for (Route route : routes) {
      assertThat(status(route, "evil.example:80", new String[] {"Origin: http://evil.example:80"}))
          .as(route.toString())
          .isEqualTo(route.isOpen() ? 200 : 403);
    }
  }

  @Test
  void other_machine_has_nothing_at_the_public_listener(Vertx vertx) {
    open(vertx, false, ManagementOptions.defaults());

    List<Route> routes = routes();
    routes.add(new Route("GET", ""));
    routes.add(new Route("GET", "page/any/any"));
    for (Route route : routes) {
      assertThat(status(route, PROXIED)).as(route.toString()).isEqualTo(route.isOpen() ? 200 : 403);
    }
  }

  @Test
  void other_machine_only_reads_at_a_listener_of_its_own_and_no_records(Vertx vertx) {
    open(vertx, true, ManagementOptions.defaults());

    List<String> admitted = new ArrayList<>();
    for (Route route : routes()) {
      if (!route.method().equals("HEAD") && status(route, PROXIED) != 403) {
        admitted.add(route.toString());
      }
    }

    // Nothing that changes, and nothing of single calls: requests, their events, keys.
    assertThat(admitted)
        .containsExactlyInAnyOrder(
            "GET health",
            "GET ready",
            "GET status",
            "GET log-level",
            "GET providers",
            "GET providers/nobody",
            "POST route/explain",
            "GET costs",
            "GET costs/by-caller",
            "GET costs/caller/nobody",
            "GET costs/by-group",
            "GET costs/by-model",
            "GET costs/by-project",
            "GET costs/timeseries",
            "GET costs/recent",
            "GET traffic",
            "GET nodes",
            "GET metrics",
            "GET openapi.json");
  }

  /** What there is, as the refusals of what there is not tell it. */
  private List<Route> routes(String... headers) {
    String unknown = ask("GET", "nope", "localhost", headers).error().getString("message");
    String paths = unknown.substring(unknown.indexOf(ROOT + ": ") + ROOT.length() + 2);
    List<Route> routes = new ArrayList<>();
    for (String path : paths.substring(0, paths.length() - 1).split(" \\| ")) {
      String named = path.replaceAll("\\{\\w+}", "nobody");
      WireAnswer refused = ask("PATCH", named, "localhost", headers);
      assertThat(refused.status()).as(path).isEqualTo(405);
      for (String method : refused.header("Allow").split(", ")) {
        routes.add(new Route(method, named));
      }
    }
    assertThat(routes).hasSizeGreaterThan(30);
    return routes;
  }

  private int status(Route route, String... headers) {
    return status(route, "localhost", headers);
  }

  private int status(Route route, String host, String[] headers) {
    return ask(route.method(), route.path(), host, headers).status();
  }

  private WireAnswer ask(String method, String path, String host, String... headers) {
    Integer apart = gateway.listening().managementPort();
    StringBuilder head = new StringBuilder(method + " " + ROOT + path + " HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\nContent-Length: 0\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    try (Wire wire = Wire.connect(apart == null ? gateway.port() : apart)) {
      wire.send(head + "\r\n");
      return method.equals("HEAD") ? wire.readHead() : wire.read();
    }
  }
}
