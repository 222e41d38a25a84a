package io.sekisho;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** What is classified. Null text counts as empty. `attributes`: measure to quantity, such as "range" to "310 km". */
public record Item(
    Kind kind,
    String id,
    String description,
    String partNumber,
    String nsn,
    String manufacturer,
    Map<String, String> attributes)
    implements Serializable {

  public enum Kind {
    GOODS,
    TECHNOLOGY,
    SOFTWARE,
    SERVICE
  }

  public Item {
    kind = kind == null ? Kind.GOODS : kind;
    // Sorted: the order of a map must not change what comes out.
    attributes = attributes == null ? new TreeMap<>() : new TreeMap<>(attributes);
  }

  public static Item of(String description) {
    return of(description, null);
  }

  public static Item of(String description, String partNumber) {
    return new Item(Kind.GOODS, null, description, partNumber, null, null, null);
  }
}
