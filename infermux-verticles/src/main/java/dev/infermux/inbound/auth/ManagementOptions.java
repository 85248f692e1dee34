package dev.infermux.inbound.auth;

import dev.infermux.inference.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the management API.
 *
 * @param token what all but {@code health} and {@code ready} need; null = the place decides
 * @param open whether without a token everyone may do everything
 * @param hosts further names of this server, in lower case
 */
public record ManagementOptions(@Nullable Secret token, boolean open, List<String> hosts) {

  private static final ManagementOptions DEFAULTS = new ManagementOptions(null, false, List.of());

  public ManagementOptions {
    hosts = List.copyOf(hosts);
  }

  public static ManagementOptions defaults() {
    return DEFAULTS;
  }

  public ManagementOptions withToken(@Nullable Secret token) {
    return new ManagementOptions(token, open, hosts);
  }

  public ManagementOptions withOpen(boolean open) {
    return new ManagementOptions(token, open, hosts);
  }

  public ManagementOptions withHosts(List<String> hosts) {
    return new ManagementOptions(token, open, hosts);
  }
}
