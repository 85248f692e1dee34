package dev.infermux.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandUsageTest {

  private static final Flag PORT = Flag.withValue("--port", "NUMBER", "Where.").or("-p");
  private static final Flag LOUD = Flag.toggle("--loud", "Say more.");
  private static final CommandUsage USAGE =
      new CommandUsage("tool run", "Runs.", List.of(PORT, LOUD, Flag.HELP), List.of("Bye."));

  @Test
  void values_come_after_a_space_or_an_equals_sign_by_any_name() {
    assertThat(parse("--port", "1").find(PORT)).contains("1");
    assertThat(parse("--port=a=b").find(PORT)).contains("a=b");
    assertThat(parse("-p", "-1").required(PORT)).isEqualTo("-1");
    assertThat(parse("--port", "").find(PORT)).contains("");
  }

  @Test
  void one_dash_is_as_good_as_two() {
    assertThat(parse("-port", "1").find(PORT)).contains("1");
    assertThat(parse("-port=1").find(PORT)).contains("1");
    assertThat(parse("-p=1").find(PORT)).contains("1");
    assertThat(parse("-loud", "-help").has(LOUD)).isTrue();
    assertRefused("-prot: unknown flag (did you mean --port?)", "-prot", "1");
  }

  @Test
  void what_is_no_flag_is_an_operand_where_there_may_be_one() {
    CommandUsage usage = new CommandUsage("tool ask", "WORD", "Asks.", List.of(PORT), List.of());

    assertThat(usage.parse(List.of("a", "--port", "1", "b")).words()).containsExactly("a", "b");
    assertThat(usage.parse(List.of("-")).words()).containsExactly("-");
    assertThat(usage.parse(List.of("-5", "-.5")).words()).containsExactly("-5", "-.5");
    assertThat(usage.parse(List.of("--", "--port", "-x")).words()).containsExactly("--port", "-x");
    assertThat(usage.help()).startsWith("Usage: tool ask [FLAGS] [WORD]\n");
  }

  @Test
  void a_toggle_is_there_or_not() {
    assertThat(parse("--loud").has(LOUD)).isTrue();
    assertThat(parse().has(LOUD)).isFalse();
    assertThat(parse().find(PORT)).isEmpty();
  }

  @Test
  void what_cannot_be_read_is_told_with_what_can() {
    assertRefused("--port: no value (expected: NUMBER)", "--port");
    assertRefused("--port: no value (expected: NUMBER)", "--port", "--loud");
    assertRefused("--loud: \"yes\" (expected: no value)", "--loud=yes");
    assertRefused("--port: given twice (expected: once at most)", "--port", "1", "--port=2");
    assertRefused("--prot: unknown flag (did you mean --port?)", "--prot", "1");
    assertRefused("\"1\": no flag (expected: flags only)", "1");
  }

  @Test
  void a_flag_that_must_be_there_is_missed() {
    Arguments none = parse();

    assertThatThrownBy(() -> none.required(PORT)).hasMessage("--port: missing (expected: NUMBER)");
  }

  @Test
  void help_has_two_columns_and_lines_that_fit_a_terminal() {
    Flag wordy =
        Flag.withValue("--a-name-that-is-rather-long", "VALUE", "word ".repeat(30).strip());
    String help = new CommandUsage("tool", "Works.", List.of(PORT, wordy), List.of()).help();

    assertThat(help)
        .startsWith("Usage: tool [FLAGS]\n\nWorks.\n\n  --port, -p NUMBER           Where.\n")
        .contains("  --a-name-that-is-rather-long VALUE\n" + " ".repeat(30) + "word word");
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }

  private static Arguments parse(String... words) {
    return USAGE.parse(List.of(words));
  }

  private static void assertRefused(String text, String... words) {
    assertThatThrownBy(() -> parse(words)).isInstanceOf(BadArguments.class).hasMessage(text);
  }
}
