package dev.infermux.inbound.management.view;

import java.util.List;

/**
 * What became of a reload. No text in it has a secret.
 *
 * @param source the file that was read; empty = there is none
 * @param changed keys whose new values are in force
 * @param afterRestart keys whose new values wait for a restart, and why
 * @param providers what changed of them
 * @param warnings what works other than it may have been meant
 * @param problems why it was rejected
 */
public record ReloadOutcome(
    Status status,
    String source,
    List<String> changed,
    List<Waiting> afterRestart,
    Providers providers,
    List<String> warnings,
    List<Problem> problems) {

  /** In one word. */
  public enum Status {
    /** The new configuration is in force. */
    APPLIED("applied"),
    /** It is the one in force. */
    UNCHANGED("unchanged"),
    /** It cannot be used; the old one stays in force. */
    REJECTED("rejected");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /** A key whose new value waits for a restart. */
  public record Waiting(String key, String why) {}

  /**
   * The providers by name.
   *
   * @param runtime added while the gateway runs and kept, since the file does not name them
   */
  public record Providers(
      List<String> added, List<String> removed, List<String> changed, List<String> runtime) {

    public static final Providers NONE = new Providers(List.of(), List.of(), List.of(), List.of());

    public Providers {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      changed = List.copyOf(changed);
      runtime = List.copyOf(runtime);
    }
  }

  /** One thing that keeps a configuration from being used: the key's path, and all in a line. */
  public record Problem(String path, String message) {}

  public ReloadOutcome {
    changed = List.copyOf(changed);
    afterRestart = List.copyOf(afterRestart);
    warnings = List.copyOf(warnings);
    problems = List.copyOf(problems);
  }

  /** The old configuration stays in force, for these reasons. */
  public static ReloadOutcome rejected(
      String source, List<Problem> problems, List<String> warnings) {
    return new ReloadOutcome(
        Status.REJECTED, source, List.of(), List.of(), Providers.NONE, warnings, problems);
  }
}
