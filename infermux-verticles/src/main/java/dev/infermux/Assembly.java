package dev.infermux;

import dev.infermux.config.Config;
import dev.infermux.inbound.ProviderRow;
import dev.infermux.inbound.http.HttpDoors;
import dev.infermux.inbound.http.options.HttpOptions;
import dev.infermux.inbound.management.ManagementDoor;
import dev.infermux.pipeline.RouterParts;
import dev.infermux.provider.RegisteredProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The parts of one InferMux, put together. Everything in it is safe on any thread.
 *
 * @param management serves {@code /_infermux/*}
 * @param managementApart whether that happens on a listener of its own
 * @param pulse tells version and uptime
 * @param startedSeconds Unix time at the assembly
 */
record Assembly(
    RouterParts parts,
    HttpOptions http,
    ManagementDoor management,
    boolean managementApart,
    Cells cells,
    Pulse pulse,
    long startedSeconds) {

  /** Of what runs from this moment on. */
  static Assembly of(Config config, RouterParts parts, ManagementDoor management, Pulse pulse) {
    return new Assembly(
        parts,
        config.http(),
        management,
        config.managementListen() != null,
        new Cells(),
        pulse,
        Instant.now().getEpochSecond());
  }

  HttpDoors doors() {
    return new HttpDoors(
        http, this::providers, pulse, startedSeconds, managementApart ? null : management);
  }

  /**
   * What callers may ask each provider for: its models, then the aliases that are not among them.
   */
  private List<ProviderRow> providers() {
    List<ProviderRow> rows = new ArrayList<>();
    for (RegisteredProvider provider : parts.registry().snapshot()) {
      Set<String> models = new LinkedHashSet<>();
      if (provider.options().models() != null) {
        models.addAll(provider.options().models());
      }
      models.addAll(provider.options().modelAliases().keySet());
      rows.add(new ProviderRow(provider.name(), List.copyOf(models)));
    }
    return rows;
  }
}
