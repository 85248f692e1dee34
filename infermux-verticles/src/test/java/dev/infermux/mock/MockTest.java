package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Operation;
import dev.infermux.mock.script.MockBehaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MockTest {

  private Instant now = Instant.parse("2026-01-31T12:00:00Z");
  private final Mock mock = Mock.named("m", () -> now);

  @Test
  void a_sequence_is_gone_through_and_its_last_step_stays() {
    mock.script("ok, 500 x2, hang");

    assertThat(behaviours(6))
        .containsExactly("ok", "status-500", "status-500", "hang", "hang", "hang");
  }

  @Test
  void a_sequence_that_repeats_begins_again() {
    mock.script("ok x2, reset, repeat");

    assertThat(behaviours(7)).containsExactly("ok", "ok", "reset", "ok", "ok", "reset", "ok");
  }

  @Test
  void a_plan_by_time_flaps_however_seldom_it_is_asked() {
    mock.script("ok 10s, status-503 5s, repeat");

    List<String> seen = new ArrayList<>();
    for (long second : List.of(0L, 9L, 10L, 14L, 15L, 24L, 25L, 3_000_000_009L, 3_000_000_010L)) {
      now = Instant.parse("2026-01-31T12:00:00Z").plusSeconds(second);
      seen.add(behaviour("any"));
    }

    assertThat(seen)
        .containsExactly(
            "ok", "ok", "status-503", "status-503", "ok", "ok", "status-503", "ok", "status-503");
  }

  @Test
  void a_time_after_a_number_begins_with_the_request_that_meets_it() {
    mock.script("ok x2, hang 5s, reset");

    assertThat(behaviours(3)).containsExactly("ok", "ok", "hang");
    now = now.plusSeconds(4);
    assertThat(behaviour("any")).isEqualTo("hang");
    now = now.plusSeconds(1);
    assertThat(behaviour("any")).isEqualTo("reset");
  }

  @Test
  void a_model_s_plan_wins_over_its_name_and_that_over_the_plan_of_all() {
    mock.script("status-500").script("mock-hang", "reset");

    assertThat(behaviour("mock-hang")).isEqualTo("reset");
    assertThat(behaviour("mock-cut-after-2")).isEqualTo("cut-after-2");
    assertThat(behaviour("gpt-4o")).isEqualTo("status-500");
  }

  @Test
  void a_name_that_says_nothing_is_a_model_that_is_not_there() {
    ResponsePlan plan = mock.score(call("mock-statsu-503"));

    assertThat(plan.behaviour()).hasToString("status-404+code-model_not_found");
    assertThat(plan.errorBody())
        .contains("model: \\\"mock-statsu-503\\\": \\\"statsu-503\\\" (expected: ok | status-N");
  }

  @Test
  void what_is_queued_comes_first_and_once() {
    mock.script("ok").next("hang", "503");

    assertThat(behaviours(3)).containsExactly("hang", "status-503", "ok");
  }

  @Test
  void a_function_decides_where_it_gives_something() {
    mock.answer(
        call ->
            call.lastText().contains("world") ? MockBehaviour.ok().text("Hello yourself") : null);

    assertThat(mock.score(call("m", "Hello world")).body()).contains("Hello yourself");
    assertThat(mock.score(call("m", "Hi")).body()).contains("mock: Hi");
  }

  @Test
  void a_rate_limit_answers_429_and_says_when_there_is_room() {
    mock.rateLimit(2, Duration.ofSeconds(60));

    assertThat(behaviours(1)).containsExactly("ok");
    now = now.plusSeconds(20);
    assertThat(behaviours(2)).containsExactly("ok", "status-429+retry-after-40s");
    now = now.plusSeconds(40);
    assertThat(behaviours(2)).containsExactly("ok", "status-429+retry-after-20s");
  }

  @Test
  void a_rate_limit_without_a_time_never_makes_room() {
    mock.rateLimit(1);

    assertThat(behaviours(2)).containsExactly("ok", "status-429");
  }

  @Test
  void the_same_seed_makes_the_same_jitter_for_the_same_request() {
    MockBehaviour slow = MockBehaviour.parse("latency-100ms+jitter-900ms+pace-10ms+tokens-20");
    List<Duration> one = waits(Mock.named("a").always(slow).seed(7));
    List<Duration> same = waits(Mock.named("b").always(slow).seed(7));
    List<Duration> other = waits(Mock.named("c").always(slow).seed(8));

    assertThat(one).isEqualTo(same).isNotEqualTo(other);
    assertThat(one).allMatch(wait -> wait.toMillis() <= 1000).doesNotHaveDuplicates();
  }

  @Test
  void it_remembers_the_last_requests_and_no_credential() {
    mock.remember(2);
    for (int i = 0; i < 3; i++) {
      mock.arrived(
          "POST",
          "/v1/chat/completions",
          Map.of("Authorization", "Bearer sk-secret", "X-Api-Key", "sk-other", "Accept", "*/*"),
          ("request " + i).getBytes(UTF_8));
    }

    assertThat(mock.requests())
        .extracting(MockRequest::body)
        .containsExactly("request 1", "request 2");
    assertThat(mock.count()).isEqualTo(3);
    assertThat(mock.requests().get(0).headers())
        .containsEntry("authorization", "Bearer ****")
        .containsEntry("x-api-key", "****")
        .containsEntry("accept", "*/*");
    assertThat(mock.requests().get(0).receivedAt()).isEqualTo(now);
  }

  @Test
  void the_caller_s_maximum_cuts_the_answer() {
    ResponsePlan plan =
        mock.score(
            MockCall.of(
                Operation.CHAT,
                body(
                    "{\"model\":\"m\",\"max_tokens\":2,\"messages\":[{\"role\":\"user\",\"content\":\"a"
                        + " b c\"}]}"),
                "m"));

    assertThat(plan.body()).contains("\"mock: a\"", "\"finish_reason\":\"length\"");
    assertThat(plan.usage().completionTokens()).isEqualTo(2);
  }

  private List<Duration> waits(Mock mock) {
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waits.add(mock.score(call("m")).headWait());
    }
    Duration paces = Duration.ZERO;
    Iterator<ResponseStep> beats = mock.score(call("m")).steps();
    while (beats.hasNext()) {
      paces = paces.plus(beats.next().pause());
    }
    waits.add(paces.dividedBy(20));
    return waits;
  }

  private List<String> behaviours(int count) {
    List<String> behaviours = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      behaviours.add(behaviour("any"));
    }
    return behaviours;
  }

  private String behaviour(String model) {
    return mock.score(call(model)).behaviour().toString();
  }

  private static MockCall call(String model) {
    return call(model, "Hi");
  }

  private static MockCall call(String model, String text) {
    return MockCall.of(
        Operation.CHAT,
        body("{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}"),
        model);
  }

  private static OpenAiRequestBody body(String json) {
    return OpenAiRequestBody.scan(Operation.CHAT, json.getBytes(UTF_8));
  }
}
