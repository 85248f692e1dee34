package dev.infermux.inbound.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.auth.CallerKey;
import dev.infermux.inference.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class AttributionTest {

  private static final String CHAT = Texts.chat("echo-v1", "Hi");

  private Gateway gateway;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    CallerKey bound = new CallerKey(Secret.of("key-a"), "team-a", "search", null);
    AuthOptions keys =
        new AuthOptions(AuthMode.STATIC_KEY, Secret.of("shared"), List.of(bound), null, null);
    gateway = Gateway.start(vertx, http -> http.withAuth(keys));
    events = new BusEvents(gateway.vertx());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void headers_tag_the_call_trimmed_and_read_as_utf_8() {
    String project = new String("Größe".getBytes(UTF_8), ISO_8859_1);
    try (Wire wire = gateway.connect()) {
      wire.send(
              "POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer shared\r\n"
                  + "X-Infermux-Caller:   team-b \r\nx-infermux-project: "
                  + project
                  + "\r\nX-Infermux-Env: staging\r\nContent-Length: "
                  + CHAT.length()
                  + "\r\n\r\n"
                  + CHAT)
          .read();
    }

    JsonObject event = events.inferences(1).get(0);
    assertThat(event.getString("caller")).isEqualTo("team-b");
    assertThat(event.getString("project")).isEqualTo("Größe");
    assertThat(event.getString("env")).isEqualTo("staging");
  }

  @Test
  void who_says_nothing_is_anonymous() {
    post();

    assertThat(events.inferences(1).get(0).getString("caller")).isEqualTo("anonymous");
  }

  @Test
  void bound_key_decides_whatever_the_headers_say() {
    gateway.post(
        "/v1/chat/completions",
        CHAT,
        "Authorization: Bearer key-a",
        "X-Infermux-Caller: somebody-else",
        "X-Infermux-Env: production");

    JsonObject event = events.inferences(1).get(0);
    assertThat(event.getString("caller")).isEqualTo("team-a");
    assertThat(event.getString("project")).isEqualTo("search");
    assertThat(event.containsKey("env")).isFalse();
  }

  @Test
  void bound_key_decides_on_the_mist_routes_too() {
    String infer = "{\"meta\":{\"caller\":\"somebody-else\"}," + CHAT.substring(1);

    gateway.post("/infer", infer, "Authorization: Bearer key-a");

    assertThat(events.inferences(1).get(0).getString("caller")).isEqualTo("team-a");
  }

  @Test
  void meta_tags_a_mist_call_of_nobody_known() {
    String infer = "{\"meta\":{\"caller\":\"eval\",\"project\":\"p\"}," + CHAT.substring(1);

    gateway.post("/infer", infer, "Authorization: Bearer shared");

    JsonObject event = events.inferences(1).get(0);
    assertThat(event.getString("caller")).isEqualTo("eval");
    assertThat(event.getString("project")).isEqualTo("p");
  }

  @Test
  void text_at_the_limit_passes_and_beyond_it_is_refused() {
    WireAnswer at = post("X-Infermux-Caller: " + "c".repeat(256));
    WireAnswer beyond = post("X-Infermux-Caller: " + "c".repeat(257));

    assertThat(at.status()).isEqualTo(200);
    assertThat(beyond.status()).isEqualTo(400);
    ErrorShape.check(beyond, "invalid_request");
    assertThat(beyond.error().getString("message")).contains("257").contains("256");
  }

  @Test
  void bytes_that_are_no_text_are_refused() {
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer shared\r\n";
    for (String bad : List.of("a\u00ffb", "a\u00c2\u0085b", "a\u007fb")) {
      try (Wire wire = gateway.connect()) {
        WireAnswer answer =
            wire.send(head + "X-Infermux-Caller: " + bad + "\r\nContent-Length: 0\r\n\r\n").read();

        assertThat(answer.status()).isEqualTo(400);
        ErrorShape.check(answer, "invalid_request");
      }
    }
  }

  @Test
  void sane_request_id_is_taken_over() {
    WireAnswer answer = post("X-Infermux-Request-Id: job-17/retry.2");

    assertThat(answer.header("X-Infermux-Request-Id")).isEqualTo("job-17/retry.2");
    assertThat(events.inferences(1).get(0).getString("request_id")).isEqualTo("job-17/retry.2");
  }

  @Test
  void request_id_and_date_stand_where_the_sdks_of_openai_look() {
    WireAnswer named = post("X-Client-Request-Id: job-18");
    WireAnswer both = post("X-Client-Request-Id: job-19", "X-Infermux-Request-Id: job-20");
    WireAnswer insane = post("X-Client-Request-Id: job-21", "X-Infermux-Request-Id: a\u00e9");
    WireAnswer failed = gateway.post("/v1/chat/completions", CHAT, "X-Client-Request-Id: job-22");

    assertThat(named.header("X-Infermux-Request-Id")).isEqualTo("job-18");
    assertThat(named.header("x-request-id")).isEqualTo("job-18");
    assertThat(both.header("x-request-id")).isEqualTo("job-20");
    assertThat(insane.header("x-request-id")).isEqualTo("job-21");
    assertThat(failed.status()).isEqualTo(401);
    assertThat(failed.header("x-request-id")).isEqualTo("job-22");
    for (WireAnswer answer : List.of(named, failed)) {
      String date = answer.header("date");
      assertThat(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).isNotNull();
      assertThat(date).hasSameSizeAs("Sun, 06 Nov 1994 08:49:37 GMT");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u00e9", "LONG"})
  void insane_request_id_is_replaced(String id) {
    WireAnswer answer =
        post("X-Infermux-Request-Id: " + (id.equals("LONG") ? "x".repeat(257) : id));

    assertThat(answer.header("X-Infermux-Request-Id")).matches("[0-9a-f]{32}");
  }

  private WireAnswer post(String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Authorization: Bearer shared";
    return gateway.post("/v1/chat/completions", CHAT, all);
  }
}
