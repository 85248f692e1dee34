package dev.infermux.inbound.http;

import java.nio.file.Path;

/** The certificate chain and its key, both PEM. */
public record TlsOptions(Path certFile, Path keyFile) {

  public static TlsOptions of(Path certFile, Path keyFile) {
    return new TlsOptions(certFile, keyFile);
  }
}
