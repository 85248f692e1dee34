package dev.infermux.dialect.openai;

/**
 * What the gateway has put into a request, or spelt in its own way, of which its caller knows
 * nothing.
 *
 * @param usage whether a stream is asked for its usage
 * @param maximum the name of the longest completion; empty where the caller spelt it himself
 * @param added whether the caller gave none
 */
record GatewayFields(boolean usage, String maximum, boolean added) {

  static GatewayFields of(boolean usage) {
    return new GatewayFields(usage, "", false);
  }

  GatewayFields withoutUsage() {
    return new GatewayFields(false, maximum, added);
  }

  GatewayFields withMaximum(String name, boolean isNew) {
    return new GatewayFields(usage, name, isNew);
  }
}
