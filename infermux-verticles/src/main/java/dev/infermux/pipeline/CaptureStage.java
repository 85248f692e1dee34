package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Answer.Body.Stream;
import dev.infermux.inference.record.ContentCapture;
import dev.infermux.inference.record.ContentCapture.Capturing;
import io.vertx.core.Future;

/** Takes down what a call asks and what its caller reads, where the configuration wants that. */
final class CaptureStage implements Stage {

  private final ContentCapture capture;
  private final Stage next;

  CaptureStage(ContentCapture capture, Stage next) {
    this.capture = capture;
    this.next = next;
  }

  @Override
  public Future<Answer> run(CallContext context) {
    Capturing capturing = capture.begin(context.call());
    context.captures(capturing);
    return next.run(context)
        .map(answer -> Stage.changed(answer, begun -> captured(begun, capturing)));
  }

  private static Answer captured(Answer answer, Capturing capturing) {
    if (!answer.streams()) {
      capturing.answer(answer.bytes());
      return answer;
    }
    return answer.withBody(
        new Stream(
            new MappedStream(
                answer.events(),
                events -> {
                  capturing.events(events);
                  return events;
                })));
  }
}
