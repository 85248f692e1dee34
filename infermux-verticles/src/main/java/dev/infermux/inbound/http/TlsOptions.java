package dev.infermux.inbound.http;

import java.nio.file.Path;

/**
 * The certificate chain and its key, both PEM.
 *
 * @param contents tells one version of the two files from another; empty = not looked at
 */
public record TlsOptions(Path certFile, Path keyFile, String contents) {

  public TlsOptions(Path certFile, Path keyFile) {
    this(certFile, keyFile, "");
  }

  public static TlsOptions of(Path certFile, Path keyFile) {
    return new TlsOptions(certFile, keyFile);
  }

  public TlsOptions withContents(String contents) {
    return new TlsOptions(certFile, keyFile, contents);
  }
}
