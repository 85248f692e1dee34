package dev.infermux.inbound;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.inference.Failure;
import dev.infermux.vertx.ConnectionWatch;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/**
 * Answers callers whose request is not there yet, and never will be.
 *
 * @param errors the body of an error
 */
record RawRefusal(Function<Failure, Buffer> errors) implements ConnectionWatch.Refusal {

  @Override
  public byte[] response(int status, String code, String message) {
    Buffer body = errors.apply(new Failure.Unservable(code, status, message));
    String head =
        "HTTP/1.1 "
            + HttpResponseStatus.valueOf(status)
            + "\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\nX-Infermux-Error: "
            + code
            + "\r\nconnection: close\r\n\r\n";
    return Buffer.buffer(head.getBytes(US_ASCII)).appendBuffer(body).getBytes();
  }
}
