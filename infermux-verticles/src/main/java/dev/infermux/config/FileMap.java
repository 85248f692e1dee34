package dev.infermux.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping of the file in the making; what is null is left out. */
final class FileMap {

  private final Map<String, Object> map = new LinkedHashMap<>();

  FileMap put(String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, spelt(value));
    }
    return this;
  }

  Map<String, Object> map() {
    return map;
  }

  /** As the file has it; a dollar begins no variable. */
  private static Object spelt(Object value) {
    if (value instanceof FileMap other) {
      return other.map();
    } else if (value instanceof List<?> list) {
      return list.stream().map(FileMap::spelt).toList();
    } else if (value instanceof Map<?, ?> other) {
      FileMap copy = new FileMap();
      other.forEach((key, one) -> copy.put(String.valueOf(key), one));
      return copy.map();
    } else if (value instanceof Duration duration) {
      return duration.toMillis() + "ms";
    } else if (value instanceof Double number && Double.isFinite(number)) {
      return BigDecimal.valueOf(number).toPlainString();
    } else if (value instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      return value;
    }
    return value.toString().replace("$", "$$");
  }
}
