package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.infermux.Version;
import dev.infermux.config.Config;
import dev.infermux.e2e.kit.ApiDescription;
import dev.infermux.e2e.kit.ApiDescription.Operation;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inference.Secret;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server does what its description says, and the description has all that the server does. */
@ExtendWith(VertxExtension.class)
class OpenApiTest {

  private static final String FILE = "/_infermux/openapi.json";
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
  private static final String CHAT = "{\"model\":\"echo-v1\"," + MESSAGES + "}";
  private static final Pattern EXPECTED = Pattern.compile("\\(expected[^:]*: (.*)\\)");

  private Gateway gateway;
  private ApiDescription api;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = Gateway.start(vertx, OpenApiTest::settings);
    api = ApiDescription.of(gateway.get(FILE).body());
  }

  private static Config settings(Config config, MockUpstream upstream) {
    return config
        .withProvider(Gateway.provider(upstream))
        .withBudgets(
            BudgetOptions.defaults()
                .withCallers(
                    List.of(
                        new CallerBudget("team-a", BigDecimal.TEN, BudgetAction.HARD_STOP, null))));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void it_is_valid_open_api_of_this_version() throws Exception {
    String text = gateway.get(FILE).body();

    try (InputStream schema =
        OpenApiTest.class.getResourceAsStream("/openapi/oas-3.1.schema.json")) {
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(schema)
                  .validate(new JsonMapper().readTree(text)))
          .isEmpty();
    }
    assertThat(text).contains("\"version\": \"" + Version.current() + "\"");
    assertThat(api.operations().stream().map(one -> one.json().get("operationId").asText()))
        .filteredOn(id -> id.equals("createChatCompletion"))
        .hasSize(2); // at both of its paths
  }

  @Test
  void every_route_of_the_server_is_described() {
    Set<String> served = new TreeSet<>();
    served.addAll(listed("/nowhere", ""));
    served.addAll(listed("/_infermux/nowhere", "/_infermux/"));

    assertThat(served).hasSizeGreaterThan(40);
    for (String path : served) {
      String asked = path.replaceAll("\\{\\w+}", "x");
      WireAnswer refused = gateway.connect().request("PATCH", asked, "").read();
      assertThat(refused.status()).as(asked).isEqualTo(405);
      Set<String> allowed =
          Arrays.stream(String.valueOf(refused.header("Allow")).split(", "))
              .filter(method -> !method.equals("HEAD"))
              .collect(Collectors.toCollection(TreeSet::new));
      if (path.equals("/v1/responses")) {
        allowed.retainAll(Set.of("POST")); // the others are of what is below
      }
      assertThat(api.methods(path)).as(path).isEqualTo(allowed);
    }
  }

  /** The paths of which the refusal of an unknown one tells. */
  private Set<String> listed(String unknown, String below) {
    String message = gateway.get(unknown).error().getString("message");
    Matcher expected = EXPECTED.matcher(message);
    assertThat(expected.find()).as(message).isTrue();
    return Arrays.stream(expected.group(1).split(", | or | \\| "))
        .map(path -> below + path)
        .collect(Collectors.toSet());
  }

  @Test
  void every_described_operation_is_served() {
    for (Operation operation : api.operations()) {
      String path = operation.path().replaceAll("\\{\\w+}", "x");
      try (Wire wire = gateway.connect()) {
        String body = operation.json().has("requestBody") ? "no JSON" : "";
        wire.request(operation.method(), path, body);
        WireAnswer answer = path.endsWith("/events") ? wire.readHead() : wire.read();
        assertThat(answer.status()).as("%s: %s", operation, answer.body()).isNotEqualTo(405);
        assertThat(answer.body()).as(operation.toString()).doesNotContain("path: ");
        if (!path.endsWith("/events")) {
          api.check(operation.method(), path, answer);
        }
      }
    }
  }

  @Test
  void answers_are_as_they_are_described() {
    gateway.upstream().always(MockAnswer.json(Upstreams.EMBEDDINGS));
    post("/v1/chat/completions", CHAT);
    post("/chat/completions", CHAT);
    post("/v1/completions", "{\"model\":\"echo-v1\",\"prompt\":\"Hi\"}");
    post("/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"Hi\"}");
    post("/v1/moderations", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}");
    get("/v1/models");
    get("/v1/models", "anthropic-version: 2023-06-01");
    get("/v1/models/echo-v1");
    get("/v1/models/echo-v1", "anthropic-version: 2023-06-01");
    post("/v1/responses", "{\"model\":\"echo-v1\",\"input\":\"Hi\"}");
    post("/v1/messages", "{\"model\":\"echo-v1\",\"max_tokens\":9," + MESSAGES + "}");
    post("/v1/messages/count_tokens", CHAT);
    post("/api/chat", "{\"model\":\"echo-v1\",\"stream\":false," + MESSAGES + "}");
    post("/api/generate", "{\"model\":\"echo-v1\",\"stream\":false,\"prompt\":\"Hi\"}");
    post("/api/embed", "{\"model\":\"text-embedding-3-small\",\"input\":\"Hi\"}");
    post("/api/embeddings", "{\"model\":\"text-embedding-3-small\",\"prompt\":\"Hi\"}");
    post("/api/show", "{\"model\":\"echo-v1\"}");
    for (String path : List.of("/api/tags", "/api/ps", "/api/version", "/providers")) {
      get(path);
    }
    post("/infer", CHAT);
    post(
        "/mist",
        "{\"version\":\"1\",\"id\":\"7\",\"source\":\"t\",\"type\":\"health.ping\","
            + "\"timestamp_ns\":1,\"payload\":{\"from\":\"t\"}}");
    management();

    Set<String> unseen = new TreeSet<>();
    api.operations().forEach(one -> unseen.add(one.method() + " " + one.path()));
    unseen.removeAll(api.seen());
    assertThat(unseen)
        .allMatch(
            one ->
                one.contains("/audio/")
                    || one.contains("/images/")
                    || one.contains("/responses")
                    || one.endsWith("/events")
                    || !one.contains(" /v1/") && !one.contains("/_infermux/")
                    || one.endsWith("/rerank")
                    || one.endsWith("/reload") // its success needs a file
                    || one.endsWith("/settle") // its success needs a database
                    || one.endsWith("T /_infermux/log-level")); // there is one log for all tests
  }

  private void management() {
    String caller = "X-Infermux-Caller: team-a";
    String id = gateway.post("/v1/chat/completions", CHAT, caller).header("X-Infermux-Request-Id");
    gateway.upstream().always(MockAnswer.json(500, "{}"));
    gateway.post("/v1/chat/completions", CHAT.replace("echo-v1", "gpt-4o"));
    for (String path :
        List.of(
            "health",
            "ready",
            "status",
            "providers",
            "providers/echo",
            "costs",
            "costs/by-caller",
            "costs/caller/team-a",
            "costs/by-model",
            "costs/by-group",
            "costs/by-project",
            "costs/timeseries",
            "costs/recent",
            "traffic",
            "nodes",
            "requests",
            "requests/" + id,
            "metrics",
            "openapi.json")) {
      get("/_infermux/" + path);
    }
    get("/_infermux/metrics", "Accept: application/openmetrics-text");
    post("/_infermux/route/explain", CHAT);
    post("/_infermux/route/explain", CHAT, caller);
    post("/_infermux/send/chat", CHAT, caller);
    post("/_infermux/send/infer", CHAT, caller);
    String second = "{\"name\":\"second\",\"type\":\"echo\",\"models\":[\"echo-v1\"]}";
    changed("POST", "/_infermux/providers", second, 201);
    changed("DELETE", "/_infermux/providers/second", "", 200);
    WireAnswer key =
        changed(
            "POST",
            "/_infermux/keys",
            "{\"caller\":\"bot\",\"budget\":{\"monthly_usd\":1},\"limits\":"
                + "{\"requests_per_minute\":9},\"expires_in\":\"1h\"}",
            201);
    get("/_infermux/keys");
    get("/_infermux/log-level");
    changed("DELETE", "/_infermux/keys/" + key.json().getString("id"), "", 200);
    String budget = "{\"caller\":\"team-a\",\"monthly_usd\":9}";
    changed("POST", "/_infermux/budgets", budget, 200);
    get("/_infermux/budgets");
    changed("DELETE", "/_infermux/budgets/team-a", "", 200);
    for (String action : List.of("open", "close", "reset")) {
      post("/_infermux/providers/echo/circuit/" + action, "");
      get("/_infermux/providers");
    }
  }

  @Test
  void refusals_are_as_they_are_described(Vertx vertx) {
    gateway.close();
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withProvider(Gateway.provider(upstream))
                    .withManagement(ManagementOptions.defaults().withToken(Secret.of("t"))));
    for (Operation operation : api.operations()) {
      String path = operation.path().replaceAll("\\{\\w+}", "x");
      if (path.startsWith("/_infermux/")) {
        try (Wire wire = gateway.connect()) {
          WireAnswer answer = wire.request(operation.method(), path, "").read();
          boolean open = path.endsWith("/health") || path.endsWith("/ready");
          assertThat(answer.status()).as(operation.toString()).isEqualTo(open ? 200 : 401);
          assertThat(operation.json().get("security").isEmpty()).isEqualTo(open);
          api.check(operation.method(), path, answer);
        }
      }
    }
  }

  @Test
  void parts_of_streams_are_as_they_are_described() {
    parts("ChatChunk", post("/v1/chat/completions", Texts.stream("echo-v1", "Hi")).events());
    parts("InferChunk", post("/infer", CHAT, "Accept: text/event-stream").events());
    parts("OllamaChat", post("/api/chat", CHAT).body().lines().toList());
  }

  private void parts(String schema, List<String> parts) {
    assertThat(parts).hasSizeGreaterThan(1);
    parts.stream()
        .filter(part -> !part.equals("[DONE]"))
        .forEach(part -> api.checkPart(schema, part));
  }

  private WireAnswer get(String path, String... headers) {
    return checked("GET", path, gateway.get(path, headers));
  }

  private WireAnswer post(String path, String body, String... headers) {
    return checked("POST", path, gateway.post(path, body, headers));
  }

  private WireAnswer changed(String method, String path, String body, int status) {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.request(method, path, body).read();
      assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(status);
      api.check(method, path, answer);
      return answer;
    }
  }

  private WireAnswer checked(String method, String path, WireAnswer answer) {
    assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
    api.check(method, path, answer);
    return answer;
  }

  /** What the upstream answers. */
  private static final class Upstreams {

    private static final String EMBEDDINGS =
        "{\"object\":\"list\",\"model\":\"text-embedding-3-small\",\"data\":[{\"object\":"
            + "\"embedding\",\"index\":0,\"embedding\":[0.5,0.25]}],\"usage\":{\"prompt_tokens\":1,"
            + "\"total_tokens\":1}}";
  }
}
