package dev.infermux.inbound.grpc;

import io.grpc.netty.GrpcSslContexts;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

/** TLS of the gRPC listener: each handshake presents the certificate of its moment. */
final class CertifiedContext extends SslContext {

  private volatile SslContext now;

  CertifiedContext(Path certFile, Path keyFile) throws SSLException {
    this.now = read(certFile, keyFile);
  }

  /** Reads the files, and goes on with the former certificate when they cannot be used. */
  void replace(Path certFile, Path keyFile) throws SSLException {
    now = read(certFile, keyFile);
  }

  private static SslContext read(Path certFile, Path keyFile) throws SSLException {
    return GrpcSslContexts.forServer(certFile.toFile(), keyFile.toFile()).build();
  }

  @Override
  public boolean isClient() {
    return false;
  }

  @Override
  public List<String> cipherSuites() {
    return now.cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // what Netty has in its place it still declares by this type
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return now.applicationProtocolNegotiator();
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return now.newEngine(allocator);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
    return now.newEngine(allocator, peerHost, peerPort);
  }

  @Override
  public SSLSessionContext sessionContext() {
    return now.sessionContext();
  }
}
