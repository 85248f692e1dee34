package dev.infermux.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.circuit.CircuitReason;
import dev.infermux.policy.circuit.CircuitState;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CircuitLogTest {

  @RegisterExtension final HeardLog lines = new HeardLog(CircuitLog.LOGGER);

  @Test
  void an_opening_is_one_warning_with_its_facts() {
    new CircuitLog().accept(Samples.circuitOpened());

    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.WARN);
    assertThat(lines.list.get(0).getMessage()).isEqualTo("circuit open");
    assertThat(fields())
        .isEqualTo(
            Map.of(
                "provider", "openai",
                "from", "closed",
                "to", "open",
                "reason", "consecutive_failures",
                "recovery_at", "2026-11-21T15:00:30Z"));
  }

  @Test
  void every_other_change_is_for_information() {
    new CircuitLog()
        .accept(
            new CircuitChange(
                "openai",
                CircuitState.HALF_OPEN,
                CircuitState.CLOSED,
                CircuitReason.PROBE_OK,
                null));

    assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(fields()).containsEntry("reason", "probe_ok").doesNotContainKey("recovery_at");
  }

  private Map<String, Object> fields() {
    return lines.list.get(0).getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
  }
}
