package dev.infermux.config;

import dev.infermux.inbound.http.HttpOptions;
import java.util.Arrays;
import java.util.List;

/**
 * How two configurations differ.
 *
 * @param sections that differ, in the order of {@link ConfigSection}
 */
public record ConfigChange(ProviderChanges providers, List<ConfigSection> sections) {

  public ConfigChange {
    sections = List.copyOf(sections);
  }

  /**
   * Compares them.
   *
   * @throws IllegalArgumentException when two providers of one configuration share a name
   */
  public static ConfigChange between(Config former, Config next) {
    Config taken = inForce(former, next);
    return new ConfigChange(
        ProviderChanges.between(former.providers(), next.providers()),
        Arrays.stream(ConfigSection.values())
            .filter(section -> section.differs(former, section.replaceable() ? taken : next))
            .toList());
  }

  /** What a running InferMux takes from {@code next}; everything else stays as it was. */
  public static Config inForce(Config former, Config next) {
    HttpOptions bound = former.http();
    HttpOptions http =
        next.http()
            .withListen(bound.listen())
            .withConnections(bound.connections())
            .withAuth(next.http().auth().withKeysFile(bound.auth().keysFile()));
    boolean sameTls = (http.tls() == null) == (bound.tls() == null);
    return next.withHttp(sameTls ? http : http.withTls(bound.tls()))
        .withManagementListen(former.managementListen())
        .withGrpcListen(former.grpcListen())
        .withBudgets(
            next.budgets()
                .withStateFile(former.budgets().stateFile())
                .withShared(former.budgets().shared()))
        .withTelemetry(former.telemetry())
        .withExporters(former.exporters())
        .withCluster(former.cluster());
  }

  /** The sections whose new values come into force with a restart only. */
  public List<ConfigSection> afterRestart() {
    return sections.stream().filter(section -> !section.replaceable()).toList();
  }

  /** The same without what comes into force at once. */
  public ConfigChange waiting() {
    return new ConfigChange(ProviderChanges.between(List.of(), List.of()), afterRestart());
  }

  /** The same with the providers of what is in force now beside those of an earlier moment. */
  public ConfigChange since(Config earlier, Config now) {
    return new ConfigChange(
        ProviderChanges.between(earlier.providers(), now.providers()), sections);
  }

  /** Whether nothing differs. */
  public boolean none() {
    return providers.none() && sections.isEmpty();
  }

  /** Whether two configurations say the same, the order of the providers included. */
  public static boolean same(Config former, Config next) {
    return between(former, next).none();
  }
}
