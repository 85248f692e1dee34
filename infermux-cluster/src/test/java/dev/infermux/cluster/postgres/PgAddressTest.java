package dev.infermux.cluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgAddressTest {

  private static final String DATABASE = "postgresql://infermux:s3cret@db:5432/budgets";

  @ParameterizedTest
  @ValueSource(strings = {"allow", "prefer", "require"})
  void tls_without_a_look_at_the_certificate_trusts_every_server(String mode) {
    ClientSSLOptions tls = tls("?sslmode=" + mode);

    assertThat(tls.isTrustAll()).isTrue();
    assertThat(tls.getHostnameVerificationAlgorithm()).isEmpty();
  }

  @Test
  void verified_tls_trusts_known_authorities_and_asks_for_the_host_where_it_says_so() {
    ClientSSLOptions authority = tls("?sslmode=verify-ca");
    ClientSSLOptions host = tls("?sslmode=verify-full");

    assertThat(authority.isTrustAll()).isFalse();
    assertThat(authority.getTrustOptions()).isNotNull();
    assertThat(authority.getHostnameVerificationAlgorithm()).isEmpty();
    assertThat(host.getTrustOptions()).isNotNull();
    assertThat(host.getHostnameVerificationAlgorithm()).isEqualTo("HTTPS");
  }

  @Test
  void a_file_of_authorities_that_is_not_there_is_named() {
    assertThatThrownBy(() -> tls("?sslmode=require&sslrootcert=/nowhere/ca%2Epem"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/nowhere/ca.pem does not exist");
  }

  @Test
  void without_a_word_on_it_there_is_no_tls() {
    assertThat(new PgAddress(DATABASE).options().getSslOptions()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DATABASE + "?sslmode=reqire",
        DATABASE + "?ssl=true",
        DATABASE + "?sslmod=verify-full",
        DATABASE + "?sslmode=verify-full&sslcert=/etc/client.pem",
        DATABASE + "?SSLMODE=require",
        DATABASE + "?sslmode",
        "postgresql://infermux:s3cret#1@db/b",
        "postgresql://infermux:s3cret@1@db/b",
        "postgresql://infermux:s3cret@one:5432,two:5432/b",
        "postgresql://infermux:s3cret@db"
      })
  void an_address_that_cannot_be_read_is_told_without_its_password(String url) {
    assertThatThrownBy(() -> new PgAddress(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("budgets.shared.url: ")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void parameters_are_set_beside_what_the_driver_sets() {
    PgAddress address =
        new PgAddress("postgres://a:p%40s@[::1]:5433/b?application_name=shop&options=-c%20x.y=1");
    PgConnectOptions options = address.options();

    assertThat(address.shown()).isEqualTo("[::1]:5433/b");
    assertThat(options.getPassword()).isEqualTo("p@s");
    assertThat(options.getHost()).isEqualTo("::1");
    assertThat(options.getProperties())
        .containsEntry("application_name", "shop")
        .containsEntry("options", "-c x.y=1")
        .containsEntry("client_encoding", "utf8");
  }

  private static ClientSSLOptions tls(String query) {
    return Objects.requireNonNull(new PgAddress(DATABASE + query).options().getSslOptions());
  }
}
