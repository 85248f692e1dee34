package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermux.InferMuxOptions;
import dev.infermux.mock.Mock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Bean;

/** The application with a mock in place of the model API. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ApplicationTest {

  @Autowired TestRestTemplate http;

  @ParameterizedTest
  @ValueSource(strings = {"/ask", "/ask-and-wait"})
  void a_question_is_answered(String path) {
    assertEquals("Paris", http.getForObject(path + "?question=Capital of France?", String.class));
  }

  @TestConfiguration
  static class Mocked {
    @Bean
    InferMuxOptions options() {
      return InferMuxOptions.defaults()
          .withMocks(Mock.named("openai").models("gpt-4o-mini").answer("Paris"));
    }
  }
}
