package dev.infermux.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetersTest {

  @Test
  void cpu_is_user_and_system_time_even_behind_a_name_with_parentheses() {
    String stat =
        "4711 (a (b) c) S 1 4711 4711 0 -1 4194560 2109 0 1 0 123 45 6 7 20 0 31 0 1234 56789 100";

    assertThat(ProcessMeter.ticks(stat)).isEqualTo(168);
  }

  @Test
  void memory_is_the_proportional_set_not_the_resident_one() {
    String rollup =
        """
        55d0c0000000-7ffd00000000 ---p 00000000 00:00 0                          [rollup]
        Rss:              200000 kB
        Pss:              123456 kB
        Pss_Dirty:        100000 kB
        """;

    assertThat(ProcessMeter.pssKilobytes(rollup)).isEqualTo(123_456);
  }

  @Test
  void machine_is_busy_with_all_but_what_gives_way_idling_waiting_and_what_the_host_took() {
    assertThat(MachineMeter.ticks("cpu  1 20 300 4000 50000 600000 7000000 80000000 0 0"))
        .isEqualTo(7_600_301);
  }

  @Test
  void own_process_has_used_time_and_memory() {
    var meter = new ProcessMeter(ProcessHandle.current());

    assertThat(meter.cpuMicros()).isPositive();
    assertThat(meter.pssMegabytes()).isPositive();
    assertThat(meter.rssMegabytes()).isGreaterThanOrEqualTo(meter.pssMegabytes() * 0.9);
    assertThat(MachineMeter.busyMicros()).isPositive();
  }
}
