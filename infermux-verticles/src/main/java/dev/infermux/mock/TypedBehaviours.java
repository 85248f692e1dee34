package dev.infermux.mock;

import dev.infermux.api.ChatResponse;
import dev.infermux.api.Message;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Usage;
import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.mock.script.MockUsage;
import java.time.Duration;

/** Behaviours that give what a program's test has as a value. */
final class TypedBehaviours {

  private static final int LEAST_ERROR = 300;

  private TypedBehaviours() {}

  /** Says what the first choice says. */
  static MockBehaviour of(ChatResponse response) {
    Message message = response.message();
    MockBehaviour behaviour = MockBehaviour.ok().text(message.text());
    if (!response.finishReason().isEmpty()) {
      behaviour = behaviour.finishReason(response.finishReason());
    }
    if (!message.toolCalls().isEmpty()) {
      behaviour =
          behaviour
              .toolCalls(
                  message.toolCalls().stream().map(Message.ToolCall::name).toArray(String[]::new))
              .arguments(message.toolCalls().get(0).arguments());
    }
    Usage usage = response.usage();
    return usage == null
        ? behaviour
        : behaviour.usage(new MockUsage.Given(usage.promptTokens(), usage.completionTokens()));
  }

  /** Fails with the status of an {@link InferenceException}; else the connection is torn down. */
  static MockBehaviour of(Throwable cause) {
    if (!(cause instanceof InferenceException known)) {
      return MockBehaviour.reset();
    }
    Failure failure = known.failure();
    int status = failure.providerStatus() == 0 ? failure.status() : failure.providerStatus();
    if (status < LEAST_ERROR) {
      return MockBehaviour.reset();
    }
    MockBehaviour behaviour = MockBehaviour.status(status);
    Duration wait = failure.retryAfter();
    return wait == null ? behaviour : behaviour.retryAfter(wait);
  }
}
