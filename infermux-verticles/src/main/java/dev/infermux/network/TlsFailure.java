package dev.infermux.network;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why there is no TLS with another host, and what to do about it. */
public final class TlsFailure {

  private TlsFailure() {}

  /**
   * In words.
   *
   * @param caFile what names the certificates that are trusted besides the system's
   */
  public static String reason(SSLException failure, String caFile) {
    return "the TLS handshake failed" + why(failure, caFile);
  }

  private static String why(Throwable failure, String caFile) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      String known = known(cause, caFile);
      if (known != null) {
        return ": " + known;
      }
      cause = cause.getCause();
    }
    return "";
  }

  private static @Nullable String known(Throwable cause, String caFile) {
    if (cause instanceof NotSslRecordException) {
      return "what answers does not speak TLS (http:// instead of https://?)";
    } else if (cause instanceof SslHandshakeTimeoutException) {
      return "no answer in time";
    }
    return certificate(cause, caFile);
  }

  private static @Nullable String certificate(Throwable cause, String caFile) {
    if (cause instanceof CertificateExpiredException) {
      return "its certificate has expired";
    } else if (cause instanceof CertificateNotYetValidException) {
      return "its certificate is not valid yet";
    } else if (cause instanceof CertPathBuilderException) {
      return "its certificate is signed by nobody who is trusted (a private CA is named with "
          + caFile
          + ", or SSL_CERT_FILE)";
    } else if (cause instanceof CertPathValidatorException && cause.getCause() == null) {
      return "its certificate is not accepted: " + CauseText.of(cause);
    } else if (cause instanceof CertificateException && cause.getCause() == null) {
      return "its certificate is not accepted: " + CauseText.of(cause);
    }
    return null;
  }
}
