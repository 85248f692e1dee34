package dev.infermux.inbound.grpc;

import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.AuthOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC listener.
 *
 * @param tls null = plain text
 */
public record GrpcSettings(ListenAddress listen, @Nullable Pem tls, AuthOptions auth) {

  /** A certificate chain and its key. */
  public record Pem(Path certFile, Path keyFile) {}
}
