package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;
import java.util.List;
import java.util.Map;

/**
 * Starts an evaluation: {@code eval.run}.
 *
 * @param tasks the tasks to run; empty runs the whole suite
 * @param baseline whether to run without tools, as the measure for later runs
 * @param inferUrl where to send inference requests; empty leaves it to the tool
 */
public record EvalRun(
    String suite, List<String> tasks, boolean baseline, String inferUrl, Map<String, String> tags)
    implements Payload {

  public EvalRun {
    tasks = List.copyOf(tasks);
    tags = Copies.of(tags);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("suite", suite)
        .textsIfAny("tasks", tasks)
        .flag("baseline", baseline)
        .textIfAny("infer_url", inferUrl)
        .mapIfAny("tags", tags)
        .end();
  }

  static EvalRun read(JsonFields in) {
    return new EvalRun(
        in.text("suite"),
        in.texts("tasks"),
        in.flag("baseline"),
        in.text("infer_url"),
        in.textMap("tags"));
  }
}
