package dev.infermux.dialect;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.Splice;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of requests on their way to providers: those of large ones are not copied. */
public final class RequestBuffers {

  /** What is shorter is copied: one array is written faster than several. */
  private static final int LARGE = 256 << 10;

  private RequestBuffers() {}

  /** A request that a few edits make what its provider gets. */
  public interface Edited extends RequestBody {

    /** What differs for a provider that knows its model by this name; null = ask for the bytes. */
    @Nullable Splice editsFor(String model);
  }

  /** What a provider of the call's own dialect gets. */
  public static Buffer of(Attempt attempt) {
    return of(attempt.call().body(), attempt.model());
  }

  /** What it gets of this body; none of its bytes changes any more. */
  public static Buffer of(RequestBody body, String model) {
    Splice edits =
        body.bytes().length > LARGE && body instanceof Edited edited
            ? edited.editsFor(model)
            : null;
    if (edits == null) {
      return Buffers.wrap(body.bytesFor(model));
    }
    List<ByteBuf> parts = new ArrayList<>();
    for (JsonSlice part : edits.parts()) {
      parts.add(Unpooled.wrappedBuffer(part.bytes(), part.from(), part.length()));
    }
    return Buffers.join(parts);
  }
}
