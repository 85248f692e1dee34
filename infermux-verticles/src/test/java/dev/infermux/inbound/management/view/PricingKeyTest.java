package dev.infermux.inbound.management.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inbound.management.view.RecentSpend.UnpricedModel;
import org.junit.jupiter.api.Test;

class PricingKeyTest {

  @Test
  void key_can_be_written_into_a_configuration() {
    assertThat(UnpricedModel.key("local-2", "llama3.2")).isEqualTo("pricing.local-2.\"llama3.2\"");
    assertThat(UnpricedModel.key("a.b: c", "m")).isEqualTo("pricing.\"a.b: c\".\"m\"");
  }
}
