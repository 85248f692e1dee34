package dev.infermux.inbound.http;

import dev.infermux.inference.Secret;
import org.jspecify.annotations.Nullable;

/** X. */
final class MistSignature {

  private MistSignature() {}

  static void check(@Nullable Secret secret, @Nullable String header, byte[] body) {}
}
