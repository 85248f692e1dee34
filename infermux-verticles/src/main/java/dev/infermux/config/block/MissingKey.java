package dev.infermux.config.block;

import dev.infermux.config.tree.Fields;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import java.net.URI;
import java.util.Objects;

/** A provider without a key: its vendor refuses such calls, a server of the user's own may not. */
public final class MissingKey {

  private MissingKey() {}

  /**
   * Whether its vendor would refuse every call for want of a key.
   *
   * @param passesOn whether a caller's token may stand in for it
   */
  public static boolean refused(ProviderOptions options, boolean passesOn) {
    return options.type().hosted()
        && atVendor(options.type(), options.baseUrl())
        && options.apiKey() == null
        && !passesOn;
  }

  private static boolean atVendor(ProviderType type, URI baseUrl) {
    return type == ProviderType.AZURE_OPENAI
        || Objects.equals(baseUrl.getHost(), type.defaultBaseUrl().getHost());
  }

  static void warn(Fields fields, ProviderType type, URI baseUrl, boolean passesOn) {
    boolean vendor = atVendor(type, baseUrl);
    String consequence =
        passesOn
            ? "callers must bring their own key" + (vendor ? "" : ", unless it asks for none")
            : (vendor ? "calls will be refused by it" : "it must ask for none")
                + ", since static_key mode never passes a caller's key on";
    fields
        .report()
        .warn(
            fields.path() + "." + ProviderBlock.API_KEY.name(),
            "missing for a provider of type " + type.wireName() + "; " + consequence);
  }
}
