package dev.infermux.inbound.grpc;

import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.Authenticator;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC listener.
 *
 * @param tls null = plain text
 * @param authenticator shared with the HTTP listener
 * @param connections how long callers may take, as at the HTTP listener
 */
public record GrpcSettings(
    ListenAddress listen,
    @Nullable Pem tls,
    Authenticator authenticator,
    ConnectionOptions connections) {

  /** A certificate chain and its key. */
  public record Pem(Path certFile, Path keyFile) {}
}
