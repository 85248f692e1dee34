package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.management.page.PageFiles;
import dev.infermux.inference.Secret;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The files of the page, and how a browser comes to them. */
@ExtendWith(VertxExtension.class)
class PageFilesTest {

  private static final String HTML = "Accept: text/html,application/xhtml+xml";
  private static final String FROM_A_MESSAGE = "Sec-Fetch-Site: cross-site";
  private static final Pattern FILE = Pattern.compile("page/[0-9a-f]{16}/[\\w.]+");

  private Gateway gateway;

  private void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
  }

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void all_of_it_is_small() {
    assertThat(PageFiles.read().compressedBytes()).isBetween(10_000, 150_000);
  }

  @Test
  void document_is_asked_for_again_and_its_files_are_kept_for_good(Vertx vertx) {
    open(vertx);
    WireAnswer document = gateway.get("/_infermux/", HTML);

    assertThat(document.status()).isEqualTo(200);
    assertThat(document.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(document.header("cache-control")).isEqualTo("no-cache");
    assertThat(document.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "*", "http");
    assertThat(gateway.get("/_infermux/", "If-None-Match: " + document.header("etag")).status())
        .isEqualTo(304);
    Matcher file = FILE.matcher(document.body());
    int files = 0;
    while (file.find()) {
      WireAnswer packed = gateway.get("/_infermux/" + file.group(), "Accept-Encoding: gzip, br");
      assertThat(packed.status()).isEqualTo(200);
      assertThat(packed.header("content-encoding")).isEqualTo("gzip");
      assertThat(packed.header("cache-control")).contains("max-age=31536000", "immutable");
      WireAnswer plain = gateway.get("/_infermux/" + file.group());
      assertThat(plain.headers()).doesNotContainKey("content-encoding");
      assertThat(plain.body()).doesNotContain("http://", "<script");
      files++;
    }
    assertThat(files).isEqualTo(4);
  }

  @Test
  void document_has_no_script_or_style_of_its_own(Vertx vertx) {
    open(vertx);

    assertThat(gateway.get("/_infermux/").body())
        .doesNotContain(" style=", "<style", " onclick=", "javascript:")
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContain("https://");
  }

  @Test
  void unknown_file_and_wrong_digest_are_not_found(Vertx vertx) {
    open(vertx);
    Matcher file = FILE.matcher(gateway.get("/_infermux/").body());
    assertThat(file.find()).isTrue();

    assertThat(gateway.get("/_infermux/page/0123456789abcdef/page.js").status()).isEqualTo(404);
    String digest = file.group().split("/")[1];
    assertThat(gateway.get("/_infermux/page/" + digest + "/..%2findex.html").status())
        .isEqualTo(404);
    assertThat(gateway.post("/_infermux/", "{}").status()).isEqualTo(405);
  }

  @Test
  void browser_at_the_root_is_led_to_it_and_a_program_is_told(Vertx vertx) {
    open(vertx);
    WireAnswer led = gateway.get("/", HTML);

    assertThat(led.status()).isEqualTo(302);
    assertThat(led.header("location")).isEqualTo("/_infermux/");
    assertThat(gateway.get("/_infermux", HTML).header("location")).isEqualTo("/_infermux/");
    assertThat(gateway.get("/_infermux").status()).isEqualTo(404);
    assertThat(gateway.get("/").status()).isEqualTo(404);
    assertThat(gateway.get("/", "Accept: application/json").error().getString("code"))
        .isEqualTo("not_found");
  }

  @Test
  void root_says_where_it_is_when_management_is_apart(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withManagementListen(new ListenAddress("127.0.0.1", 0))
                    .withProvider(Gateway.provider(upstream)));

    WireAnswer hint = gateway.get("/", HTML);
    assertThat(hint.status()).isEqualTo(200);
    assertThat(hint.body()).contains("management_listen");
    assertThat(gateway.get("/_infermux/", HTML).status()).isEqualTo(404);
    try (Wire wire = Wire.connect(Objects.requireNonNull(gateway.listening().managementPort()))) {
      assertThat(wire.get("/", HTML).header("location")).isEqualTo("/_infermux/");
      assertThat(wire.get("/_infermux", HTML).header("location")).isEqualTo("/_infermux/");
      assertThat(wire.get("/_infermux/", HTML).status()).isEqualTo(200);
    }
  }

  @Test
  void page_is_for_those_who_may_read_and_with_a_token_for_whoever_has_it(Vertx vertx) {
    open(vertx);
    WireAnswer stranger = gateway.get("/_infermux/", HTML, "X-Forwarded-For: 10.0.0.1");
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(stranger.header("content-type")).startsWith("text/html");
    assertThat(stranger.body()).contains("INFERMUX_MANAGEMENT_TOKEN");
    gateway.close();

    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withManagement(config.management().withToken(Secret.of("the-token")))
                    .withProvider(Gateway.provider(upstream)));
    WireAnswer document = gateway.get("/_infermux/", HTML, "X-Forwarded-For: 10.0.0.1");
    assertThat(document.status()).isEqualTo(200);
    assertThat(document.body()).doesNotContain("the-token", "upstream");
    assertThat(gateway.get("/_infermux/providers").status()).isEqualTo(401);
    assertThat(gateway.get("/_infermux/traffic").status()).isEqualTo(401);
  }

  @Test
  void link_in_a_message_opens_the_page_and_nothing_else(Vertx vertx) {
    open(vertx);
    String mode = "Sec-Fetch-Mode: navigate";
    String target = "Sec-Fetch-Dest: document";

    assertThat(gateway.get("/_infermux/", FROM_A_MESSAGE, mode, target).status()).isEqualTo(200);
    assertThat(gateway.get("/_infermux/providers", FROM_A_MESSAGE, mode, target).status())
        .isEqualTo(403);
    assertThat(gateway.get("/_infermux/", FROM_A_MESSAGE, mode, "Sec-Fetch-Dest: iframe").status())
        .isEqualTo(403);
    assertThat(gateway.get("/_infermux/", FROM_A_MESSAGE).status()).isEqualTo(403);
  }
}
