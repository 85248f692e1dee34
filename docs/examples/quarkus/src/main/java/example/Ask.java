package example;

import dev.infermux.InferMux;
import dev.infermux.api.ChatRequest;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

/** Answers the question of its command line. */
@QuarkusMain
public class Ask implements QuarkusApplication {

  @Inject InferMux inferMux;

  @Override
  public int run(String... question) {
    System.out.println(answer(String.join(" ", question)));
    return 0;
  }

  String answer(String question) {
    return inferMux.blocking().chat(ChatRequest.of("gpt-4o-mini", question)).content();
  }
}
