package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream as a dialect's writer writes it. */
final class DialectSteps implements StepForm {

  private final ApiShape shape;
  private final ChatEventWriter writer;
  private final FrameWriter out;
  private final ResponsePlan plan;
  private final SignedEvents events;
  private int frames;

  DialectSteps(ApiShape shape, ChatEventWriter writer, FrameWriter out, ResponsePlan plan) {
    this.shape = shape;
    this.writer = writer;
    this.out = out;
    this.plan = plan;
    this.events = new SignedEvents(shape.signs(), plan);
  }

  @Override
  public List<String> begin() {
    List<String> begun = written(plan.begins());
    String more = shape.begun();
    return more.isEmpty() || begun.isEmpty() ? begun : List.of(begun.get(0) + more);
  }

  @Override
  public List<String> event(ChatEvent event) {
    return written(event);
  }

  @Override
  public List<String> finish() {
    return written(plan.finish());
  }

  @Override
  public List<String> usage(@Nullable Usage usage) {
    return usage == null ? List.of() : written(new ChatEvent.Used(usage));
  }

  @Override
  public List<String> done() {
    return written(new ChatEvent.Over());
  }

  @Override
  public String error(MockError error) {
    return shape.frame(error, plan, frames);
  }

  @Override
  public String noise() {
    return shape.noise();
  }

  private List<String> written(ChatEvent event) {
    events.pass(event, one -> writer.write(one, out));
    Buffer taken = out.take();
    if (taken == null) {
      return List.of();
    }
    String text = taken.toString(UTF_8);
    for (int at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n", at + 2)) {
      frames++;
    }
    return List.of(text);
  }
}
