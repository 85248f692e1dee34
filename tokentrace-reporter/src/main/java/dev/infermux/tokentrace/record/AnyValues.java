package dev.infermux.tokentrace.record;

import static dev.infermux.tokentrace.record.ProtoOutput.sizeOf;
import static dev.infermux.tokentrace.record.ProtoOutput.sizeOfContent;
import static dev.infermux.tokentrace.record.ProtoOutput.sizeOfText;

import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import java.nio.ByteBuffer;
import java.util.List;

/** Values of attributes as OTLP's {@code AnyValue}. */
final class AnyValues {
  static final int STRING = 1;
  private static final int BOOL = 2;
  private static final int INT = 3;
  private static final int DOUBLE = 4;
  private static final int ARRAY = 5;
  private static final int MAP = 6;
  private static final int BYTES = 7;

  private static final int ITEMS = 1;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int FIXED_64_FIELD = 9;

  private AnyValues() {}

  /** The length of the message. */
  static int size(Object value) {
    if (value instanceof String text) {
      return sizeOfText(STRING, text);
    } else if (value instanceof Long number) {
      return 1 + sizeOf(number);
    } else if (value instanceof Boolean) {
      return 2;
    } else if (value instanceof Double) {
      return FIXED_64_FIELD;
    } else if (value instanceof ByteBuffer bytes) {
      return sizeOfContent(BYTES, bytes.remaining());
    } else if (value instanceof List<?> list) {
      return sizeOfContent(isMap(list) ? MAP : ARRAY, itemsSize(list));
    } else if (value instanceof Value<?> wrapped) {
      Object inner = wrapped.getValue();
      return known(inner) ? size(inner) : 0;
    }
    return sizeOfText(STRING, value.toString());
  }

  static void write(Object value, ProtoOutput out) {
    if (value instanceof String text) {
      out.text(STRING, text);
    } else if (value instanceof Long number) {
      out.number(INT, number);
    } else if (value instanceof Boolean truth) {
      out.number(BOOL, truth ? 1 : 0);
    } else if (value instanceof Double real) {
      out.real(DOUBLE, real);
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      out.bytes(BYTES, copy);
    } else if (value instanceof List<?> list) {
      out.begin(isMap(list) ? MAP : ARRAY, itemsSize(list));
      list.forEach(item -> writeItem(item, out));
    } else if (value instanceof Value<?> wrapped) {
      Object inner = wrapped.getValue();
      if (known(inner)) {
        write(inner, out);
      }
    } else {
      out.text(STRING, value.toString());
    }
  }

  /** An empty value is a message without a field. */
  private static boolean known(Object inner) {
    return inner instanceof String
        || inner instanceof Long
        || inner instanceof Boolean
        || inner instanceof Double
        || inner instanceof ByteBuffer
        || inner instanceof List;
  }

  private static boolean isMap(List<?> list) {
    return !list.isEmpty() && list.get(0) instanceof KeyValue;
  }

  private static int itemsSize(List<?> list) {
    int size = 0;
    for (Object item : list) {
      size += sizeOfContent(ITEMS, itemSize(item));
    }
    return size;
  }

  private static int itemSize(Object item) {
    return item instanceof KeyValue pair
        ? sizeOfText(KEY, pair.getKey()) + sizeOfContent(VALUE, size(pair.getValue()))
        : size(item);
  }

  private static void writeItem(Object item, ProtoOutput out) {
    out.begin(ITEMS, itemSize(item));
    if (item instanceof KeyValue pair) {
      out.text(KEY, pair.getKey());
      out.begin(VALUE, size(pair.getValue()));
      write(pair.getValue(), out);
    } else {
      write(item, out);
    }
  }
}
