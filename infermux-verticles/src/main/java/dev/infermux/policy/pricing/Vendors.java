package dev.infermux.policy.pricing;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which vendor's price list counts for a provider: the one that its name says, else the one whose
 * host it is called at, else the one of its type. A type that is one vendor's own API is that
 * vendor's whatever it is called.
 */
final class Vendors {

  private static final String OPENAI = "openai";

  /** Hosts that do not spell their vendor as the list does. */
  private static final Map<String, String> HOSTS =
      Map.of(
          "x.ai", "xai",
          "googleapis.com", "gemini",
          "together.xyz", "together");

  /** How aggregators spell vendors before a slash, where the list spells them otherwise. */
  private static final Map<String, String> PREFIXES =
      Map.of("google", "gemini", "x-ai", "xai", "mistralai", "mistral", "deepseek-ai", "deepseek");

  private final Set<String> sections;
  private final Set<String> listed;

  /**
   * @param sections of the price list
   * @param listed those that name models
   */
  Vendors(Set<String> sections, Set<String> listed) {
    this.sections = Set.copyOf(sections);
    this.listed = listed;
  }

  /**
   * The vendor of a provider; null where none is known.
   *
   * @param host of its base URL; empty when it has none
   */
  @Nullable String of(String name, String type, String host) {
    if (!type.equals(OPENAI)) {
      return sections.contains(type) ? type : listed.contains(name) ? name : null;
    } else if (listed.contains(name)) {
      return name;
    }
    String byHost = ofHost(host);
    return byHost == null && listed.contains(type) ? type : byHost;
  }

  /** The vendor that a host's name says, or null. */
  @Nullable String ofHost(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> known : HOSTS.entrySet()) {
      if (lower.equals(known.getKey()) || lower.endsWith("." + known.getKey())) {
        return known.getValue();
      }
    }
    for (String label : lower.split("\\.", -1)) {
      if (listed.contains(label)) {
        return label;
      }
    }
    return null;
  }

  /** The vendor that stands before a slash in an aggregator's name of a model, or null. */
  @Nullable String ofPrefix(String model) {
    int slash = model.indexOf('/');
    if (slash <= 0) {
      return null;
    }
    String prefix = model.substring(0, slash);
    String vendor = PREFIXES.getOrDefault(prefix, prefix);
    return listed.contains(vendor) ? vendor : null;
  }
}
