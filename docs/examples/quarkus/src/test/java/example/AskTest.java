package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.api.ChatRequest;
import dev.infermux.mock.Mock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

/** The application with a mock in place of the model API. */
@QuarkusTest
class AskTest {

  @Inject InferMux inferMux;

  @Test
  void a_question_is_answered() {
    ChatRequest question = ChatRequest.of("gpt-4o-mini", "Capital of France?");

    assertEquals("Paris", inferMux.blocking().chat(question).content());
  }

  @Singleton
  static class Mocked {
    @Produces
    @Singleton
    InferMuxOptions options() {
      return InferMuxOptions.defaults()
          .withMocks(Mock.named("openai").models("gpt-4o-mini").answer("Paris"));
    }
  }
}
