package example;

import dev.infermux.CallOptions;
import dev.infermux.InferMux;
import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.inference.Attribution;
import java.util.concurrent.CompletionStage;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers questions. No thread of Tomcat waits for the model. */
@RestController
class AskController {

  private static final CallOptions OPTIONS =
      CallOptions.defaults().withAttribution(new Attribution("ask", "website", "production"));

  private final InferMux inferMux;

  AskController(InferMux inferMux) {
    this.inferMux = inferMux;
  }

  @GetMapping("/ask")
  CompletionStage<String> ask(@RequestParam String question) {
    return inferMux
        .chat(ChatRequest.of("gpt-4o-mini", question), OPTIONS)
        .map(ChatResponse::content)
        .toCompletionStage();
  }

  /** The same for those who wait, on plain or virtual threads. */
  @GetMapping("/ask-and-wait")
  String askAndWait(@RequestParam String question) {
    return inferMux.blocking().chat(ChatRequest.of("gpt-4o-mini", question), OPTIONS).content();
  }
}
