package dev.infermux.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MavenVersionTest {

  @ParameterizedTest
  @CsvSource({
    "4.2.7.Final, <, 4.2.8.Final",
    "4.2.18.Final, >, 4.2.8.Final",
    "4.2.8.Final, =, 4.2.8",
    "4.2.0.Alpha3, <, 4.2.0.Final",
    "4.2.0.Alpha3, <, 4.2.0.Beta1",
    "4.2.0.Alpha1, =, 4.2.0.Alpha1",
    "4.1.135.Final, <, 4.2.0.Alpha1",
    "2.4.0-rc1, <, 2.4.0",
    "2.13.4, <, 2.13.4.1",
    "2.13.4.2, >, 2.13.4.1",
    "4.0.0.rc.1, <, 4.0.0",
    "33.6.0-android, >, 32.0.0",
    "2.0, =, 2.0.0",
    "1.33, <, 2.0",
    "0, <, 0.0.1",
    "1.11.0-alpha, <, 1.11.0"
  })
  void order_is_that_of_releases(String one, String sign, String other) {
    int order = new MavenVersion(one).compareTo(new MavenVersion(other));

    assertThat(Integer.signum(order)).isEqualTo("<=>".indexOf(sign) - 1);
  }
}
