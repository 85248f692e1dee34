package dev.infermux.events.tracing;

import java.net.URI;

/**
 * A provider as OpenTelemetry names it.
 *
 * @param system {@code gen_ai.provider.name}
 * @param address empty when it is not reached over the network
 * @param port 0 when there is none
 */
public record Peer(String system, String address, int port) {

  /** A provider of which nothing but its type is known. */
  public static Peer of(String type) {
    return new Peer(system(type), "", 0);
  }

  /**
   * A provider that is called over the network, unless its URL has no host.
   *
   * @param type the provider type's name in the configuration
   * @param baseUrl where it is called
   */
  public static Peer of(String type, URI baseUrl) {
    String host = baseUrl.getHost();
    return host == null ? of(type) : new Peer(system(type), host, port(baseUrl));
  }

  /** OpenTelemetry's well-known value; a type it has no name for keeps ours. */
  private static String system(String type) {
    return type.equals("azure_openai") ? "azure.ai.openai" : type;
  }

  private static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return "https".equals(url.getScheme()) ? 443 : 80;
  }
}
