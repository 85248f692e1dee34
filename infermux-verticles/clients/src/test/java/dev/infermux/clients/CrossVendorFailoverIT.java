package dev.infermux.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.infermux.mock.Mock;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that begin at a provider of one vendor and are answered by one of the other. */
@ExtendWith(VertxExtension.class)
class CrossVendorFailoverIT {

  @Test
  void messages_go_on_at_an_openai_type(Vertx vertx) {
    check(vertx, Behind.ANTHROPIC, Behind.COMPATIBLE, new Steps(AnthropicJava::open));
  }

  @Test
  void chats_go_on_at_anthropic(Vertx vertx) {
    check(vertx, Behind.COMPATIBLE, Behind.ANTHROPIC, new Steps(OpenAiJavaChat::open));
  }

  @Test
  void responses_go_on_at_anthropic(Vertx vertx) {
    check(vertx, Behind.OPENAI, Behind.ANTHROPIC, new Steps(OpenAiJavaResponses::open));
  }

  @Test
  void claude_code_goes_on_at_an_openai_type(Vertx vertx) {
    checkAgent(vertx, Behind.ANTHROPIC, Behind.COMPATIBLE, CodingAgent.claudeCode());
  }

  @Test
  void codex_goes_on_at_anthropic(Vertx vertx) {
    checkAgent(vertx, Behind.OPENAI, Behind.ANTHROPIC, CodingAgent.codex());
  }

  /** The first calls a tool, the second gets its result. */
  private static void checkAgent(Vertx vertx, Behind first, Behind second, Program agent) {
    Launch.Ended installed = Packages.install(agent.language());
    assumeTrue(installed.ok(), installed::output);
    Mock overloaded = Mock.named("overloaded");
    try (Column column = Column.failingOver(vertx, overloaded, first, second)) {
      Map<Scenario, Outcome> outcomes = Seen.by(column, agent.run(column.url()));

      assertThat(outcomes.get(Scenario.TOOLS)).isEqualTo(Outcome.OK);
      assertThat(overloaded.count()).isEqualTo(2);
      assertThat(column.count()).isEqualTo(1);
    }
  }

  private static void check(Vertx vertx, Behind first, Behind second, Program client) {
    Mock overloaded = Mock.named("overloaded");
    try (Column column = Column.failingOver(vertx, overloaded, first, second)) {
      Map<Scenario, Outcome> outcomes = Seen.by(column, client.run(column.url()));

      assertThat(outcomes.values()).allSatisfy(told -> assertThat(told).isEqualTo(Outcome.OK));
      assertThat(overloaded.count()).isEqualTo(column.count());
    }
  }
}
