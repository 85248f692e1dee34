package dev.infermux.events;

import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import java.util.List;

/**
 * The configuration was read again, or changed by hand.
 *
 * @param status "applied", "unchanged" or "rejected"
 * @param trigger {@code file}, {@code signal}, {@code api} or {@code program}
 * @param source the file; empty where there is none
 * @param changed keys whose new values are in force
 * @param needsRestart keys whose new values wait for a restart
 * @param providersAdded by name, as are the others
 * @param problems why it was rejected, a line each, without a secret
 */
public record ConfigEvent(
    String status,
    String trigger,
    String source,
    List<String> changed,
    List<String> needsRestart,
    List<String> providersAdded,
    List<String> providersRemoved,
    List<String> providersChanged,
    List<String> problems)
    implements Payload {

  public static final String TYPE = MistType.EVENT_CONFIG;

  public ConfigEvent {
    changed = List.copyOf(changed);
    needsRestart = List.copyOf(needsRestart);
    providersAdded = List.copyOf(providersAdded);
    providersRemoved = List.copyOf(providersRemoved);
    providersChanged = List.copyOf(providersChanged);
    problems = List.copyOf(problems);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("status", status)
        .text("trigger", trigger)
        .textIfAny("source", source)
        .textsIfAny("changed", changed)
        .textsIfAny("needs_restart", needsRestart)
        .textsIfAny("providers_added", providersAdded)
        .textsIfAny("providers_removed", providersRemoved)
        .textsIfAny("providers_changed", providersChanged)
        .textsIfAny("problems", problems)
        .end();
  }
}
