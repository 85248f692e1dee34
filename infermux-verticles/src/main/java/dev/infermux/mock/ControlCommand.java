package dev.infermux.mock;

import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.mock.script.MockScript;
import java.util.List;

/**
 * A change of a running mock's script, read from text.
 *
 * @param script what it shall follow
 * @param next behaviours for the next requests
 * @param problems a line each; none = it can be done
 */
public record ControlCommand(MockScript script, List<MockBehaviour> next, List<String> problems) {

  public ControlCommand {
    next = List.copyOf(next);
    problems = List.copyOf(problems);
  }

  /** Reads orders. Safe on any thread; never fails. */
  public interface Reader {
    /** The order in a text; what it leaves open is as in the script of now. */
    ControlCommand read(String text, MockScript now);
  }
}
