package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;

/**
 * The outcome of one task of an evaluation: {@code eval.result}.
 *
 * @param error what went wrong; empty when nothing did
 */
public record EvalResult(
    String suite,
    String task,
    boolean passed,
    double score,
    double baselineScore,
    double delta,
    long durationMs,
    String error)
    implements Payload {

  public EvalResult {
    Copies.finite("score", score);
    Copies.finite("baseline_score", baselineScore);
    Copies.finite("delta", delta);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("suite", suite)
        .text("task", task)
        .flag("passed", passed)
        .number("score", score)
        .number("baseline_score", baselineScore)
        .number("delta", delta)
        .integer("duration_ms", durationMs)
        .textIfAny("error", error)
        .end();
  }

  static EvalResult read(JsonFields in) {
    return new EvalResult(
        in.text("suite"),
        in.text("task"),
        in.flag("passed"),
        in.number("score"),
        in.number("baseline_score"),
        in.number("delta"),
        in.integer("duration_ms"),
        in.text("error"));
  }
}
